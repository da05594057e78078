import { arrange, type Paragraph, type Unit } from '../outlining/arrange.ts'
import { trimBlanks } from '../outlining/blanks.ts'
import { readLabel } from '../outlining/labels.ts'
import type { Draft } from '../outlining/outline.ts'

/** A repair that cannot be made here; the message tells the person why. */
export class ImpossibleRepair extends Error {
  override name = 'ImpossibleRepair'
}

/** The unit that a step names. */
export function unitAt(draft: Draft, index: number): Unit {
  const unit = draft.units[index]
  if (!unit) throw new ImpossibleRepair('找不到要修改的段落，请刷新页面后重试。')
  return unit
}

/** The draft with `count` units from `index` on replaced, and everything that follows from places made anew. */
export function replaceUnits(draft: Draft, index: number, count: number, by: Paragraph[]): Draft {
  const paragraphs: Paragraph[] = draft.units
  return { ...draft, units: arrange(paragraphs.toSpliced(index, count, ...by)) }
}

/** A unit's words as they stand in the document, the number in front. */
export function wholeText({ label, text }: Paragraph): string {
  return (label ?? '') + text
}

/** Words as a clause of their own, with the number at their head for a label. */
export function clauseOf(words: string): Paragraph {
  const text = trimBlanks(words)
  const label = readLabel(text)
  return label?.doubt === null
    ? { kind: 'clause', level: 1, label: label.printed, text: label.rest }
    : { kind: 'clause', level: 1, label: null, text }
}
