import { oneOf, optional, revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** Who reviews a draft before it is decided on. */
export const reviewNames: readonly string[] = [
  '专家论证',
  '风险评估',
  '会签',
  '公平竞争审查',
  '合法性审查',
  '集体讨论决定',
]

/** 审查意见 and 处理情况. */
export const findingForm = form({
  review: oneOf(new Set(reviewNames), '请选择是哪一项审查'),
  finding: text({ name: '审查意见', most: 5000 }),
  handling: optional(text({ name: '处理情况', most: 5000 })),
  revision: revision(),
})
export type TypedFinding = TypedIn<typeof findingForm>
