import type { LabelKind } from '../outlining/label-kinds.ts'
import { readLabel } from '../outlining/labels.ts'

/**
 * How a sentence begins, where that says how it hangs together with what stands before it: as an item of a list, with a
 * turn to something else (另外), or as the continuation of the same (因为).
 */
export interface Beginning {
  is: 'item' | 'turn' | 'continuation' | 'plain'
  /** Of an item: what numbers it; `spoken` are 一是, 其一, 第一. */
  level: LabelKind | 'spoken' | null
}

const han = '[一二三四五六七八九十]'

/** What may stand at the head of an item within a sentence. */
export const innerItem = `${han}{1,2}是|其${han}，|第${han}{1,2}[，、]|\\d{1,2}[、.．](?!\\d)|[（(](?:\\d{1,2}|${han}{1,3})[）)]|[①-⑳]`

const spoken = new RegExp(
  `^(?:${han}{1,2}(?:[是来则]|方面)|其${han}[，、是]|第${han}{1,2}(?:[，,、：:是]|[件点个]?(?:事|意见|建议)?[，,：:是])|(?:另|还有)?一[件个条点]是|(?:建议|意见|问题|诉求|序号) ?(?:${han}|\\d{1,2})[：:，、])`,
  'u',
)
const turn =
  /^(?:首先|其次|再次|再者|再有|再就是|再一个|再说|再补充|最后|另外|另，|另:|又，|此外|还有|还想|除此之外|与此同时|与此相|同时(?:，|也|还)?(?:建议|希望|请)|顺便|顺带|至于|关于|对于?第|针对|说到|接着|先说|上次)/u
const continuation =
  /^[（(]?(?:理由|原因|依据|因为|因此|因而|所以|由于|为什么|为啥|为此|例如|比如|譬如|如：|如，|这样|这是|这个|这些|这种|这就|否则|不然|要不|一方面|另一方面|也就是|其中|换句话|即|但|可是|不过|然而|而且|而|并且|并|以免|尤其|特别是|甚至|结果|具体|建议(?:修改|改|表述)为|修改为|拟改为|改为)/u

/** @param sentence without blanks at its head */
export function beginningOf(sentence: string): Beginning {
  const level = numbering(sentence)
  if (level) return { is: 'item', level }
  if (continuation.test(sentence)) return { is: 'continuation', level: null }
  if (spoken.test(sentence)) return { is: 'item', level: 'spoken' }
  return { is: turn.test(sentence) ? 'turn' : 'plain', level: null }
}

/** 第八条 at the head of a sentence cites the draft, and numbers nothing in the letter. */
function numbering(sentence: string): LabelKind | null {
  const label = readLabel(sentence)
  if (!label || label.printed.startsWith('第') || label.kind === 'annex') return null
  const isBracketed = label.kind.endsWith('-paren')
  return label.doubt === null || (isBracketed && label.rest !== '') ? label.kind : null
}
