import { arrange, type Paragraph } from '../outlining/arrange.ts'
import type { Draft } from '../outlining/outline.ts'
import { ImpossibleRepair, replaceUnits, unitAt } from './repair-units.ts'

/** A clause becomes a heading where it stands, a heading goes up one level, the topmost first one joins the title. */
export function raise(draft: Draft, index: number): Draft {
  const unit = unitAt(draft, index)
  if (unit.kind === 'table') throw new ImpossibleRepair('表格不能作为标题。')
  if (unit.kind === 'clause') return replaceUnits(draft, index, 1, [{ ...unit, kind: 'heading' }])
  if (unit.level > 1) return replaceUnits(draft, index, 1, [{ ...unit, level: unit.level - 1 }])
  if (index > 0) throw new ImpossibleRepair('已经是最高一级的标题。')
  const title = draft.title + (unit.label ?? '') + unit.text
  return { ...draft, title, units: arrange(draft.units.slice(1)) }
}

/** A heading goes down one level; one that is as deep as it can be becomes a clause. */
export function lower(draft: Draft, index: number): Draft {
  const unit = unitAt(draft, index)
  if (unit.kind !== 'heading') throw new ImpossibleRepair('已经是正文，不能再降级。')
  const above = draft.units.slice(0, index).findLast(({ kind }) => kind === 'heading')
  const deepest = (above?.level ?? 0) + 1
  const lowered: Paragraph =
    unit.level < deepest ? { ...unit, level: unit.level + 1 } : { ...unit, kind: 'clause' }
  return replaceUnits(draft, index, 1, [lowered])
}

/** The title becomes the first heading of the text. */
export function lowerTitle(draft: Draft): Draft {
  if (draft.title === '') throw new ImpossibleRepair('文件没有题目。')
  const heading: Paragraph = { kind: 'heading', level: 1, label: null, text: draft.title }
  return { ...draft, title: '', units: arrange([heading, ...draft.units]) }
}
