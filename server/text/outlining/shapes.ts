import { withoutBlanks } from './blanks.ts'

const draftMark =
  '(?:征求意见稿|公开征求意见稿|草案|修订草案|修正草案|送审稿|讨论稿|公示稿|试行|暂行|修订|修订稿|审议稿)'
const bracketedMark = new RegExp(`[（(【〔\\[][^（(）)]{0,12}${draftMark}[^（(）)]{0,8}[）)】〕\\]]`, 'u')
const titleEnds =
  /$(?<=(?:意见|办法|规定|条例|方案|规划|计划|通知|细则|决定|公告|通告|公报|标准|指南|指引|指导|措施|预案|清单|章程|制度|纲要|守则|规则|规范|要点|目录|说明|批复|函|报告|法|表|稿)(?:[（(【〔][^）)】〕]*[）)】〕])*)/u
const organ =
  /(?:委员会|人民政府|政府|办公室|办公厅|[厅局部署院处委会]|中心|公司|集团|法院|检察院|协会|党委|总队|大学|学院)$/u
const digit = '[0-9０-９〇○零一二三四五六七八九十ＸXx×*\\s]'
const date = new RegExp(
  `^[（(]?(?:${digit}{4,8}年${digit}{0,6}月(?:${digit}{0,6}日)?|(?:19|20)\\d\\d[-./]\\d{1,2}[-./]\\d{1,2})[）)]?$`,
  'u',
)

const pageNumber = /^(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页(?:[\s，,/]*共\s*\d{1,4}\s*页)?)$/u

/** Whether the words could be a heading: short, without the punctuation of sentences. */
export function isHeadingShaped(text: string): boolean {
  return [...text].length <= 50 && !/[。；;]/u.test(text) && !/[！!？?：:，,、…]$/u.test(text)
}

/** Whether the line carries a mark such as （征求意见稿） or 【草案送审稿】 and nothing else. */
export function isDraftMark(line: string): boolean {
  const mark = withoutBlanks(line)
  return mark.replace(bracketedMark, '') === '' || /^(?:公开)?征求意见稿$/u.test(mark)
}

/** Whether the line names itself a draft: …实施意见（征求意见稿）. */
export function carriesDraftMark(line: string): boolean {
  const text = withoutBlanks(line)
  return bracketedMark.test(text) || text.endsWith('征求意见稿')
}

/** The words of a title without 《》 and （征求意见稿）, by which a notice and its draft name the same thing. */
export function bareTitle(title: string): string {
  return withoutBlanks(title)
    .replace(bracketedMark, '')
    .replace(/[《》]/gu, '')
}

/** The documents that a title names in 《》, without the brackets and marks. */
export function namedIn(title: string): Set<string> {
  return new Set(Array.from(title.matchAll(/《([^《》]+)》/gu), ([, name = '']) => bareTitle(name)))
}

/** Whether the words end as the titles of documents do: …的实施意见, …管理办法（试行）. */
export function endsLikeTitle(text: string): boolean {
  return titleEnds.test(withoutBlanks(text))
}

/** Whether the line is the name of an organ, as it stands over a title or in a signature. */
export function isOrgan(line: string): boolean {
  const text = withoutBlanks(line)
  return text.length <= 40 && !/[，。；：:、]/u.test(text) && organ.test(text)
}

/** Whether the line is the number of a page and nothing else: - 3 -, 第 3 页 共 9 页. */
export function isPageNumber(line: string): boolean {
  return pageNumber.test(line.trim())
}

/** Whether the line is a date and nothing else: 2026年11月23日, 二〇二六年 月 日. */
export function isDate(line: string): boolean {
  return date.test(line.trim())
}

/** Whether the line is a document's number and nothing else: 晋发改〔2026〕14号. */
export function isDocumentNumber(line: string): boolean {
  return /^[\p{Script=Han}]{1,12}[〔[（(【]\d{4}[〕\]）)】]第?[\dXx×\s]*号$/u.test(withoutBlanks(line))
}
