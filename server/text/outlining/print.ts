import type { Paragraph } from './arrange.ts'
import { parsePrinted } from './labels.ts'

/** What Chinese typesetting puts between a number and its words: 第七条　为了; 一、总体要求; 1.1 编制目的. */
export function gapAfter(label: string): string {
  const kind = parsePrinted(label)?.kind
  if (kind === undefined || /[、：:.．)）]$/u.test(label)) return ''
  return kind === 'digit' || kind.startsWith('path-') ? ' ' : '　'
}

/** A number as it stands before its words, with the gap that parts them; nothing where there is none. */
export function printLabel(label: string | null): string {
  return label === null ? '' : label + gapAfter(label)
}

/** A unit's words on one line, its number in front; the rows of a table stand on lines of their own. */
export function printUnit({ label, text }: Pick<Paragraph, 'label' | 'text'>): string {
  return printLabel(label) + text
}
