import type { Paragraph } from '../outlining/arrange.ts'
import { trimBlanks } from '../outlining/blanks.ts'
import { readLabel } from '../outlining/labels.ts'
import type { Draft } from '../outlining/outline.ts'
import { clauseOf, ImpossibleRepair, replaceUnits, unitAt, wholeText } from './repair-units.ts'

/** Parts a unit in two before the code point `at` of its text; the second is a clause, numbered if it begins so. */
export function split(draft: Draft, index: number, at: number): Draft {
  const unit = prose(draft, index)
  const characters = [...unit.text]
  const first = trimBlanks(characters.slice(0, at).join(''))
  const second = trimBlanks(characters.slice(at).join(''))
  if (!Number.isInteger(at) || at < 1 || first === '' || second === '') {
    throw new ImpossibleRepair('拆分的位置要在段落中间，前后都要有文字。')
  }
  return replaceUnits(draft, index, 1, [{ ...unit, text: first }, clauseOf(second)])
}

/** Joins a unit and the next; together they are a heading only if both were. */
export function mergeWithNext(draft: Draft, index: number): Draft {
  const unit = prose(draft, index)
  if (index + 1 >= draft.units.length) throw new ImpossibleRepair('后面没有可以合并的段落。')
  const next = prose(draft, index + 1)
  const kind = next.kind === 'heading' ? unit.kind : 'clause'
  return replaceUnits(draft, index, 2, [{ ...unit, kind, text: join(unit.text, wholeText(next)) }])
}

/** Chinese joins without a space; Latin words and figures keep one. */
function join(first: string, second: string): string {
  return /[\dA-Za-z]$/.test(first) && /^[\dA-Za-z]/.test(second) ? `${first} ${second}` : first + second
}

/** Takes the number at the head of the text for the label. */
export function numberUnit(draft: Draft, index: number): Draft {
  const unit = prose(draft, index)
  const label = unit.label === null ? readLabel(unit.text) : null
  if (!label) throw new ImpossibleRepair('段落开头没有可以识别的序号。')
  return replaceUnits(draft, index, 1, [{ ...unit, label: label.printed, text: label.rest }])
}

/** Takes the label for the beginning of the text. */
export function unnumberUnit(draft: Draft, index: number): Draft {
  const unit = prose(draft, index)
  if (unit.label === null) throw new ImpossibleRepair('这一段没有序号。')
  return replaceUnits(draft, index, 1, [{ ...unit, label: null, text: wholeText(unit) }])
}

function prose(draft: Draft, index: number): Paragraph {
  const unit = unitAt(draft, index)
  if (unit.kind === 'table') throw new ImpossibleRepair('表格只能整体保留或者移出，不能拆分、合并。')
  return unit
}
