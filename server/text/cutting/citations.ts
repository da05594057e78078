import { numeralCharacters, parseChineseNumber } from '../outlining/numbering.ts'

/** Where a text cites a clause: `path` as `pathOf` reads it. */
export interface Citation {
  path: string[]
  at: number
}

const number = `(?:[${numeralCharacters}]{1,9}|[0-9０-９]{1,3})`
const gap = '\\p{White_Space}{0,2}'
const bracketed = `第?${gap}[（(]${gap}${number}${gap}[）)](?:[条项点](?!建议))?`
const ordinal = `第${gap}${number}${gap}(?:部分|分编|[编章节篇条款项目段])(?:之${number})?`
const cited = new RegExp(
  `(?:[${numeralCharacters}]{1,9}、(?=[（(]))?(?:(?:${ordinal}|${bracketed})的?){1,4}`,
  'gu',
)
const step = new RegExp(
  `第?${gap}(?<open>[（(])?${gap}(?<n>${number})${gap}[）)]?(?<unit>部分|分编|[编章节篇条款项目段点、.．])?`,
  'gu',
)

/** The numbers by which a citation leads to its clause, each with what it numbers: 四、（八） is p4 c8. */
export function pathOf(citation: string): string[] {
  return Array.from(citation.matchAll(step), ({ groups: { open, n = '', unit = '' } = {} }) => {
    const plain = n.normalize('NFKC')
    return kindOf(open !== undefined, plain, unit) + (parseChineseNumber(plain) ?? Number.parseInt(plain, 10))
  })
}

function kindOf(isBracketed: boolean, n: string, unit: string): 'part' | 'clause' | 'below' {
  if (isBracketed) return 'clause'
  if (unit === '、' && !/\d/.test(n)) return 'part'
  if (/^(?:条|项)$/u.test(unit)) return 'clause'
  return /^(?:部分|分编|[编章节篇])$/u.test(unit) ? 'part' : 'below'
}

const otherLaw = /(?:》|法|典|条例|规定|办法|规则|细则|通知|决定)$/u
const thisDraft = /(?:(?:稿|意见|草案)[）)]?》?|[本该](?:法|条例|规定|办法|规则|细则))$/u
/** 第一项任务, 第二节课. */
const counted = /^第[^（(条章编部]{1,12}[款项目段节]/u
const sentenceEnd = /(?:^|[。！？；…，,：:!?;\n]|\p{White_Space})$/u

/** What a text cites of the draft; numbers of the letter's own lists and articles of other laws are left out. */
export function citations(text: string): Citation[] {
  return Array.from(text.matchAll(cited)).flatMap((found) => {
    const at = found.index
    const before = text.slice(Math.max(0, at - 12), at)
    const after = text.slice(at + found[0].length, at + found[0].length + 4)
    if (otherLaw.test(before) && !thisDraft.test(before)) return []
    if (/^(?:建议|意见|理由)[是：:，]|^是/u.test(after) || counted.test(found[0])) return []
    const path = pathOf(found[0])
    return [{ at, path: isOwnNumber(found[0], before) ? path.slice(1) : path }]
  })
}

/** （一）第（七）条: the first is a number of the letter. */
function isOwnNumber(found: string, before: string): boolean {
  return /^[（(][^）)]*[）)](?![条项点])/u.test(found) && sentenceEnd.test(before)
}
