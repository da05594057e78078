import { isDay } from '../days.ts'
import { type FieldError, textProblem, typedText } from '../typed.ts'

/** 重大行政决策的法定程序 (国务院令第713号, chapters 2 and 3), from the draft to its publication. */
export const procedureStepNames: readonly string[] = [
  '决策启动',
  '公众参与',
  '专家论证',
  '风险评估',
  '部门意见',
  '合法性审查',
  '集体讨论决定',
  '公布',
]

/** A step's form as it was filled in. */
export interface TypedStep {
  step: string
  held_on: string
  document_number: string
  note: string
}

export const emptyStep: TypedStep = { step: '', held_on: '', document_number: '', note: '' }

interface ReadStep {
  step: string
  /** YYYY-MM-DD, Shanghai. */
  heldOn: string
  documentNumber: string | null
  note: string | null
}

export function typedStep(form: unknown): TypedStep {
  return {
    step: typedText(form, 'step'),
    held_on: typedText(form, 'held_on'),
    document_number: typedText(form, 'document_number'),
    note: typedText(form, 'note'),
  }
}

/** What a form records, or what is wrong with it; `step` is null where anything is. */
export function readStep({ step, held_on, document_number, note }: TypedStep): {
  step: ReadStep | null
  errors: FieldError[]
} {
  const problems: [string, string | null][] = [
    ['step', procedureStepNames.includes(step) ? null : '请选择环节'],
    ['held_on', isDay(held_on) ? null : '请填写日期，例如 2026-12-31'],
    ['document_number', textProblem(document_number, { name: '文号', most: 60 })],
    ['note', textProblem(note, { name: '说明', most: 2000 })],
  ]
  const errors = problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
  const read = { step, heldOn: held_on, documentNumber: document_number || null, note: note || null }
  return { step: errors.length === 0 ? read : null, errors }
}
