import { withoutBlanks } from './blanks.ts'
import type { Holder, Place } from './holders.ts'
import { toChineseNumber } from './numbering.ts'

/**
 * How an official cites a place, once the whole draft is known: 二、（三）; 第七条第二款第（一）项第1目; 附件4：一、.
 * Articles are cited without their chapter. 款 are counted only where an article has several.
 */
export function cite({ holder, paragraph }: Place): string {
  if (holder.level === 0) return paragraphOf(holder, paragraph, holder.name)
  return base(holder) + paragraphOf(holder, paragraph, '')
}

/** The article that a citation names: 第七条 of 第七条第二款第（一）项; null where it names none. */
export function articleIn(citation: string): string | null {
  return /^.*?第[^第条]+条(?:之[一二三四五六七八九十]+)*/u.exec(citation)?.[0] ?? null
}

/** How a table is cited: 二、表1. */
export function citeTable({ holder, paragraph }: Place): string {
  return `${holder.level === 0 ? '' : prefix(holder)}表${paragraph}`
}

function paragraphOf(holder: Holder, paragraph: number, alone: string): string {
  if (paragraph === 0 || holder.paragraphs <= 1) return alone
  const ordinal = `第${paragraph > 9999 ? paragraph : toChineseNumber(paragraph)}`
  if (holder.label?.kind === 'article') return `${ordinal}款`
  return !holder.isHeading && paragraph === 1 ? '' : `${alone}${ordinal}段`
}

function base(holder: Holder): string {
  const { label, name, parent } = holder
  if (!label) return shortened(name)
  const printed = withoutBlanks(label.printed)
  if (label.kind === 'annex') return printed.replace(/[：:.．、]$/u, '')
  // 1.2.3 already says that it stands in 1.2.
  if (label.kind === 'article' || label.kind.startsWith('path-')) return partOf(holder) + printed
  if (parent && holder.inArticle)
    return base(parent.holder) + paragraphOf(parent.holder, parent.paragraph, '') + item(holder)
  return (parent ? prefix(parent.holder) : '') + printed
}

/** What stands before the citation of anything below. */
function prefix(holder: Holder): string {
  return holder.label === null || holder.label.kind === 'annex' ? `${base(holder)}：` : base(holder)
}

/** The annex or untitled part that an article stands in, which numbers its articles anew. */
function partOf(holder: Holder): string {
  for (let outer = holder.parent?.holder; outer; outer = outer.parent?.holder) {
    if (outer.label === null || outer.label.kind === 'annex') return prefix(outer)
  }
  return ''
}

function item({ label }: Holder): string {
  const printed = withoutBlanks(label?.printed ?? '')
  return label?.kind === 'digit'
    ? `第${printed.replace(/[.．、]$/u, '')}目`
    : `第${printed.replace(/、$/u, '')}项`
}

function shortened(name: string): string {
  const characters = [...name]
  return characters.length <= 20
    ? name
    : `${characters.slice(0, 8).join('')}…${characters.slice(-8).join('')}`
}
