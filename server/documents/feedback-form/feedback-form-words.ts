import { withoutBlanks } from '../../text/outlining/blanks.ts'

/** The columns of the table of clauses in a 意见反馈表, in their order; a person may move, rename or widen them. */
export const columns = {
  clause: { name: '条款', width: 1500, sounds: /^条[款文]|^条目/ },
  original: { name: '原文', width: 3200, sounds: /原文|征求意见稿/ },
  stance: { name: '意见类型', width: 1250, sounds: /类型|态度/ },
  body: { name: '意见和理由', width: 5247, sounds: /意见|理由|说明/ },
  wording: { name: '修改后的表述', width: 3600, sounds: /表述|修改[为后]/ },
} as const
export type Column = keyof typeof columns

/** What the form asks about the person, by the field's HTML name; `sounds` tells a row's first cell. */
export const personRows = {
  identity: { name: '身份', sounds: /^身份/ },
  name: { name: '姓名', sounds: /^姓名/ },
  show_name: { name: '公开完整姓名', sounds: /^公开完整姓名/ },
  organisation: { name: '单位名称（代表单位时填写并盖章）', sounds: /^单位/ },
  region: { name: '所在地区', sounds: /^(所在)?地区/ },
  contact: { name: '联系方式（不公开）', sounds: /^联系方式|^联系电话/ },
  visibility: { name: '意见是否公开', sounds: /^意见是否公开/ },
} as const
export type PersonRow = keyof typeof personRows

/** What is printed beside the boxes of a row about the person. */
export const answerHints: Partial<Record<PersonRow, string>> = {
  show_name: '（不打勾的，公开时只显示姓，如“朱**”）',
  visibility: '（都不打勾的，审核后可以公开）',
}

export const wholeDraftRow = '整个草案'
export const guidance =
  '在“意见类型”的方框里打勾，写下意见和理由；希望改成什么文字，写在最后一栏。没有意见的条款留空即可。长的条款只印开头，全文见征求意见稿。填好后可以在网上提交（上传本文件），也可以打印、签名或者盖章后寄送。请不要改动〔〕里的编号。'
export const signature = '签名（单位盖章）：　　　　　　　　　　　　日期：　　　　年　　月　　日'
const number = /本表编号[:：]?\s*([a-z0-9-]{1,100})\/r(\d{1,3})/

/** The words of the clause that a comment is about, as the first line of what is said: 引用：“……”. */
export const writtenQuote = (quote: string) => `引用：“${quote}”`

/** The quotation that opens what is said, and the rest; '' where there is none. */
export function readQuote(body: string): { quote: string; rest: string } {
  const [whole = '', quote = ''] = /^引用[:：]“([^\n]{1,5000})”(?:\n|$)/u.exec(body) ?? []
  return { quote, rest: body.slice(whole.length) }
}

/** A proposal as its column holds it. */
export function writtenProposal({ proposal, wording }: { proposal: string; wording: string }): string {
  if (proposal === 'delete') return '删除'
  return proposal === 'insert_after' ? `在其后增加：${wording}` : wording
}

/** What tells one form from that of another consultation or round: 本表编号：shanxi-laoqu/r1. */
export function writeFormNumber({ slug, round }: FormNumber): string {
  return `本表编号：${slug}/r${round}`
}

export interface FormNumber {
  slug: string
  round: number
}

/** The number in a text; null where there is none. */
export function readFormNumber(text: string): FormNumber | null {
  const [, slug, round] = number.exec(text) ?? []
  return slug && round ? { slug, round: Number(round) } : null
}

/** Whether a paragraph is the blank form's own, in whatever lines and spaces it has been saved. */
export function isPrinted(text: string): boolean {
  const words = withoutBlanks(text)
  return (
    words === '意见反馈表' ||
    words === withoutBlanks(signature) ||
    /^本表编号[:：]?[a-z0-9-]+\/r\d+$/.test(words) ||
    (/^请于\d+年\d+月\d+日前反馈[^。]{1,100}。/u.test(words) && words.endsWith(withoutBlanks(guidance)))
  )
}
