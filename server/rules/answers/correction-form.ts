import { choice, optional, revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { outcomeNames } from './responses.ts'

/** What an approved answer is to say instead, and why, as the public reads it. */
export const correctionForm = (needsSummary: boolean) =>
  form(
    {
      outcome: choice(outcomeNames, '请选择采纳情况'),
      reason: text({ name: '理由', most: 2000 }),
      summary: optional(text({ name: '归纳', most: 2000 })),
      cause: text({ name: '更正原因', most: 500 }),
      revision: revision(),
    },
    ({ summary }) => [
      [
        'summary',
        needsSummary && summary === '' ? '其中有不公开的意见，请写归纳：采纳情况表只列归纳，不列原文' : null,
      ],
    ],
  )
export type TypedCorrection = TypedIn<ReturnType<typeof correctionForm>>

/** How far a correction has come. */
export const correctionStateNames = {
  proposed: '待批准',
  approved: '已更正',
  returned: '已退回',
  withdrawn: '已撤回',
} as const
