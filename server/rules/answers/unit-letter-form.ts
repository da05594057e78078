import { choice, day, optional, revision, text, tick } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** 部门意见: how a unit that was asked in writing replied. */
export const replyNames = { no_reply: '未反馈', none: '无意见', opinion: '有意见' } as const

/** A letter to a unit and its reply. An unresolved disagreement has both positions (国务院令第713号 art. 26). */
export const letterForm = form(
  {
    unit: text({ name: '单位名称', most: 60 }),
    letter_number: optional(text({ name: '文号', most: 60 })),
    sent_on: day({ name: '发函日期' }),
    due_on: optional(day({ name: '反馈期限' })),
    reply: choice(replyNames, '请选择反馈情况', 'no_reply'),
    replied_on: optional(day({ name: '反馈日期' })),
    unit_position: optional(text({ name: '对方意见', most: 5000 })),
    office_position: optional(text({ name: '我方意见', most: 5000 })),
    unresolved: tick(),
    revision: revision(),
  },
  ({ unresolved, unit_position, office_position }, says) => [
    ['unit_position', unresolved && unit_position === '' ? says.missing('对方意见') : null],
    ['office_position', unresolved && office_position === '' ? says.missing('我方意见') : null],
  ],
)
export type TypedLetter = TypedIn<typeof letterForm>
