import { choice, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** What became of 反映此条涉及我的信息. */
export const reportOutcomes = {
  retracted: '已整条隐去',
  redacted: '已隐去其中的文字',
  nothing_found: '没有发现可以认出个人的信息',
} as const
export type ReportOutcome = keyof typeof reportOutcomes

/** Within so many working days it is answered. */
export const reportTerm = 3

/** What a moderator answers, for whoever reported to read. */
export const reportAnswerForm = form({
  outcome: choice(reportOutcomes, '请选择处理结果'),
  answer: text({ name: '给反映人的话', most: 300 }),
})
export type TypedReportAnswer = TypedIn<typeof reportAnswerForm>
