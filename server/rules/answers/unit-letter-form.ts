import { isDay } from '../days.ts'
import { type FieldError, textProblem, typedText, typedTick } from '../typed.ts'

/** 部门意见: how a unit that was asked in writing replied. */
export const replyNames = { no_reply: '未反馈', none: '无意见', opinion: '有意见' } as const
export type Reply = keyof typeof replyNames

/** A letter to a unit and its reply, as they were typed. */
export interface TypedLetter {
  unit: string
  letter_number: string
  sent_on: string
  due_on: string
  reply: string
  replied_on: string
  unit_position: string
  office_position: string
  unresolved: boolean
}

export interface ReadLetter {
  unit: string
  letterNumber: string | null
  sentOn: string
  dueOn: string | null
  reply: Reply
  repliedOn: string | null
  unitPosition: string | null
  officePosition: string | null
  unresolved: boolean
}

export const emptyLetter: TypedLetter = {
  unit: '',
  letter_number: '',
  sent_on: '',
  due_on: '',
  reply: 'no_reply',
  replied_on: '',
  unit_position: '',
  office_position: '',
  unresolved: false,
}

export function typedLetter(form: unknown): TypedLetter {
  return {
    unit: typedText(form, 'unit'),
    letter_number: typedText(form, 'letter_number'),
    sent_on: typedText(form, 'sent_on'),
    due_on: typedText(form, 'due_on'),
    reply: typedText(form, 'reply'),
    replied_on: typedText(form, 'replied_on'),
    unit_position: typedText(form, 'unit_position'),
    office_position: typedText(form, 'office_position'),
    unresolved: typedTick(form, 'unresolved'),
  }
}

/** The letter, or what has to be put right. An unresolved disagreement has both positions (国务院令第713号 art. 26). */
export function readLetter(
  typed: TypedLetter,
): { letter: ReadLetter; errors: [] } | { letter: null; errors: FieldError[] } {
  const reply = Object.keys(replyNames).find((name): name is Reply => name === typed.reply)
  const disputed = typed.unresolved
  const problems: [string, string | null][] = [
    ['unit', textProblem(typed.unit, { name: '单位名称', required: true, most: 60 })],
    ['letter_number', textProblem(typed.letter_number, { name: '文号', most: 60 })],
    ['sent_on', dayProblem(typed.sent_on, '发函日期', true)],
    ['due_on', dayProblem(typed.due_on, '反馈期限', false)],
    ['reply', reply ? null : '请选择反馈情况'],
    ['replied_on', dayProblem(typed.replied_on, '反馈日期', false)],
    ['unit_position', textProblem(typed.unit_position, { name: '对方意见', required: disputed, most: 5000 })],
    [
      'office_position',
      textProblem(typed.office_position, { name: '我方意见', required: disputed, most: 5000 }),
    ],
  ]
  const errors = problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
  if (!reply || errors.length > 0) return { letter: null, errors }
  return {
    letter: {
      unit: typed.unit,
      letterNumber: typed.letter_number || null,
      sentOn: typed.sent_on,
      dueOn: typed.due_on || null,
      reply,
      repliedOn: typed.replied_on || null,
      unitPosition: typed.unit_position || null,
      officePosition: typed.office_position || null,
      unresolved: typed.unresolved,
    },
    errors: [],
  }
}

function dayProblem(value: string, name: string, required: boolean): string | null {
  if (value === '') return required ? `请填写${name}` : null
  return isDay(value) ? null : `${name}请按 2026-12-31 的样子填写`
}
