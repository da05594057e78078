import { typedText } from '../../rules/typed.ts'
import type { Draft } from '../../text/outlining/outline.ts'
import type { Repair } from '../../text/repairing/repair.ts'
import { ImpossibleRepair } from '../../text/repairing/repair-units.ts'

export const repairNames: Readonly<Record<Repair['act'], string>> = {
  raise: '升级',
  lower: '降级',
  split: '拆分',
  merge: '与下一段合并',
  number: '识别序号',
  unnumber: '序号并入正文',
  set_aside: '移出正文',
  bring_back: '恢复到正文',
}

/**
 * Reads the step that a form asks for. Its button is named `step` and holds the act and its place (`raise-12`).
 * A split is made before a code point (`split-12-35`) or where `words` begin; setting aside has a `reason`.
 * @throws ImpossibleRepair with a sentence that says what to do
 */
export function readStep(form: unknown, draft: Draft): Repair {
  const [, act = '', place = '', at = ''] =
    /^([a-z_]+)-(title|\d{1,6})(?:-(\d{1,6}))?$/.exec(typedText(form, 'step')) ?? []
  if (act === 'lower' && place === 'title') return { act, unit: 'title' }
  const unit = Number(place)
  if (place === '' || place === 'title') throw new ImpossibleRepair('没有选中要做的修改，请再点一次按钮。')
  switch (act) {
    case 'raise':
    case 'lower':
    case 'merge':
    case 'number':
    case 'unnumber':
      return { act, unit }
    case 'split':
      return {
        act,
        unit,
        at: at === '' ? whereWordsBegin(typedText(form, 'words'), draft.units[unit]?.text ?? '') : Number(at),
      }
    case 'set_aside':
      return { act, unit, reason: reasonOf(form) }
    case 'bring_back':
      return { act, artefact: unit }
  }
  throw new ImpossibleRepair('没有这种修改方式。')
}

function whereWordsBegin(words: string, text: string): number {
  if (words === '') throw new ImpossibleRepair('请填写下一段开头的几个字，说明从哪里拆开。')
  const found = text.indexOf(words)
  if (found < 0) throw new ImpossibleRepair(`这一段里没有“${words.slice(0, 20)}”，请照原文抄写几个字。`)
  if (text.includes(words, found + 1)) {
    throw new ImpossibleRepair(`“${words.slice(0, 20)}”在这一段里不止一处，请多写几个字。`)
  }
  return [...text.slice(0, found)].length
}

function reasonOf(form: unknown): string {
  const reason = typedText(form, 'reason')
  if (reason === '') throw new ImpossibleRepair('请写明为什么不是正文，例如：页眉、转换软件留下的标记。')
  if ([...reason].length > 100) throw new ImpossibleRepair('理由最多 100 个字。')
  return reason
}

/** Where in the draft after a step the person goes on: its place, or the last one before. */
export function placeAfter(step: Repair, { units }: Draft): number {
  const place = step.act === 'bring_back' || step.unit === 'title' ? 0 : step.unit
  return Math.max(0, Math.min(place, units.length - 1))
}
