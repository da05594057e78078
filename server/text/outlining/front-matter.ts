import { countCharacters, withoutBlanks } from './blanks.ts'
import { readLabel } from './labels.ts'
import type { Artefact, Line } from './lines.ts'
import {
  bareTitle,
  carriesDraftMark,
  endsLikeTitle,
  isDate,
  isDocumentNumber,
  isDraftMark,
  isHeadingShaped,
  isOrgan,
} from './shapes.ts'

/** What stands before the first paragraph of a draft. */
interface FrontMatter {
  title: string
  artefacts: Artefact[]
  /** The lines of the draft itself. */
  body: Line[]
}

/** Takes the covering notice, a leading 附件, the document number, the title and the table of contents off the lines. */
export function takeFrontMatter(lines: Line[]): FrontMatter {
  const artefacts: Artefact[] = []
  const setAside = (line: Line, reason: string) => artefacts.push({ text: line.text, reason, at: line.at })
  const start = draftStart(lines)
  for (const line of lines.slice(0, start)) {
    setAside(line, isAnnexMark(line) ? leadingAnnex : '正文标题之前的通知或公告')
  }
  const rest = lines.slice(start)
  for (let line = rest[0]; line && (isAnnexMark(line) || isDocumentNumber(line.text)); line = rest[0]) {
    setAside(line, isAnnexMark(line) ? leadingAnnex : '发文字号')
    rest.shift()
  }
  const titled = rest[0] && titleAfterAnnexMark(rest[0])
  if (titled) {
    setAside(titled.mark, leadingAnnex)
    rest[0] = titled.title
  }
  const title = titleLines(rest, 0)
  rest.splice(0, title.length)
  for (let line = rest[0]; line && isDocumentNumber(line.text); line = rest[0]) {
    setAside(line, '发文字号')
    rest.shift()
  }
  for (const line of rest.splice(0, contentsLength(rest))) setAside(line, '目录，与正文的标题重复')
  return { title: title.map((line) => line.text).join(''), artefacts, body: rest }
}

const leadingAnnex = '文件开头的“附件”字样'

function isAnnexMark(line: Line): boolean {
  const label = readLabel(line.text)
  return label?.kind === 'annex' && label.rest === ''
}

/** 附件：甲办法（征求意见稿） at the head of a file: the mark and the title by themselves. */
function titleAfterAnnexMark(line: Line): { mark: Line; title: Line } | null {
  if (line.table) return null
  const label = readLabel(line.text)
  if (label?.kind !== 'annex' || !isHeadingShaped(label.rest)) return null
  if (!endsLikeTitle(label.rest) && !carriesDraftMark(label.rest)) return null
  const at = line.at + countCharacters(label.printed)
  return { mark: { ...line, text: label.printed }, title: { ...line, text: label.rest, at } }
}

/** Where the draft's own title stands when a covering notice comes first; otherwise 0. */
function draftStart(lines: Line[]): number {
  const head = lines.slice(0, 4).filter((line) => isHeadingShaped(line.text))
  const notice = withoutBlanks(head.map((line) => line.text).join(''))
  const own = titleLines(lines, 0).map((line) => line.text.replace(/《[^》]{0,50}》/gu, ''))
  // A notice that is itself put out for comment says so outside 《》.
  if (own.some((line) => carriesDraftMark(line) || (line !== '' && isDraftMark(line)))) return 0
  const announced = announcedTitle(notice)
  const asksForComments = /征求|征集/u.test(notice)
  if (announced === null && !asksForComments) return 0
  let dated = false
  for (let start = 1; start < lines.length; start++) {
    const title = titleLines(lines, start)
    const words = title.map((line) => line.text).join('')
    const named = announced !== null && bareTitle(words) === announced
    if (title.length > 0 && (named || (dated && asksForComments && carriesDraftMark(words)))) return start
    dated ||= isDate(lines[start]?.text ?? '')
  }
  return 0
}

/** What a notice announces: 关于公开征求《甲办法（征求意见稿）》意见的公告 → 甲办法; 关于印发乙方案的通知 → 乙方案. */
function announcedTitle(notice: string): string | null {
  const [announced = ''] = /(?:征求|征集|印发|发布|公布).*/u.exec(notice) ?? []
  const [, made = ''] = /(?:印发|发布|公布)(.*)/u.exec(notice) ?? []
  const match = /^[^《]*《(.+)》/u.exec(announced) ?? /^(.+?)的(?:通知|公告|通告|决定)/u.exec(made)
  return match?.[1] === undefined ? null : bareTitle(match[1])
}

/** The lines of the title that begins at `start`; none where the text begins without one. */
function titleLines(lines: Line[], start: number): Line[] {
  const head = lines.slice(start, start + 8)
  let length = 0
  for (let count = 1; count <= 4 && couldBeTitle(head[count - 1]); count++) {
    const words = head.slice(0, count).map((line) => line.text)
    if (endsLikeTitle(words.join('')) || (count > 1 && isDraftMark(words[count - 1] ?? ''))) {
      length = count
      break
    }
    if (count === 1) length = isOrgan(words[0] ?? '') && couldBeTitle(head[1]) ? 2 : 1
  }
  if (length === 0) return []
  const marks = head.slice(length).findIndex((line) => !isDraftMark(line.text))
  return head.slice(0, marks < 0 ? head.length : length + marks)
}

function couldBeTitle(line: Line | undefined): boolean {
  if (!line || line.table) return false
  return isHeadingShaped(line.text) && !isDate(line.text) && readLabel(line.text) === null
}

/** How many lines are a table of contents: from 目录 to where its first entry stands again. */
function contentsLength(lines: Line[]): number {
  if (!/^目[\p{White_Space}]*[录次]$/u.test(lines[0]?.text ?? '')) return 0
  const first = entry(lines[1])
  const again = lines.findIndex((line, index) => index > 1 && entry(line) === first)
  return first === '' || again < 0 ? 0 : again
}

function entry(line: Line | undefined): string {
  return withoutBlanks(line?.text.slice(0, 200) ?? '')
    .replace(/(?<!\d)\d+$/, '')
    .replace(/(?<![.…·．])[.…·．]+$/u, '')
}
