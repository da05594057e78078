import { outcomeNames } from '../answers/responses.ts'
import { asking, choice, day, optional, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { positionNames } from './assignments.ts'

/** 答复意见: what a department proposes that the office answers. */
export const replyForm = form({
  outcome: choice(outcomeNames, '请选择采纳情况'),
  reason: text({ name: '理由', most: 2000 }),
})
export type TypedReply = TypedIn<typeof replyForm>

/** The letter with which a department's head confirms what it answers. */
export const letterForm = form({
  letter_number: text({ name: '函号', most: 60 }),
  letter_on: asking(day({ name: '日期' }), '请按 2026-12-31 的样子填写日期'),
})

/** What a head wants changed. */
export const sentBackForm = form({ send_back: text({ name: '退改意见', most: 1000 }) })

/** 会签 of a concern; who differs says why. */
export const positionForm = form(
  {
    position: choice(positionNames, '请选择会签意见'),
    note: optional(text({ name: '不同意见', most: 2000 })),
  },
  ({ position, note }) => [
    ['note', position === 'differ' && note === '' ? '有不同意见时，请写明不同意见' : null],
  ],
)

/** 退回, with the unit that should answer instead. */
export const handBackForm = form({
  unit: text({ name: '建议责任单位', most: 60 }),
  why: text({ name: '退回理由', most: 1000 }),
})

/** 申请延期. @param today YYYY-MM-DD in Shanghai */
export const extensionForm = (today: string) =>
  form(
    {
      until: asking(day({ name: '延至' }), '请按 2026-12-31 的样子填写延至哪一天'),
      because: text({ name: '延期理由', most: 1000 }),
    },
    ({ until }) => [['until', until < today ? '延至的日期已经过去，请另填一天' : null]],
  )

/** What the office decides on what a department asks. */
export const decisionForm = form({
  decision: choice({ granted: '同意', refused: '不同意' }, '请选择同意或者不同意'),
})

/** What the office holds against a difference; it may be settled. */
export const differenceForm = form({
  office_position: text({ name: '起草单位意见', most: 2000 }),
})

/** What is typed into the forms of one thing that a department was given. */
export type TypedAssignment = TypedReply &
  TypedIn<typeof letterForm> &
  TypedIn<typeof sentBackForm> &
  TypedIn<typeof positionForm> &
  TypedIn<typeof handBackForm> &
  TypedIn<ReturnType<typeof extensionForm>>
