import { choice, optional, revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { outcomeNames } from './responses.ts'

/** A reason goes out to every receipt that it answers. */
const answer = {
  outcome: choice(outcomeNames, '请选择采纳情况'),
  reason: text({ name: '理由', most: 2000 }),
}

const summary = optional(text({ name: '归纳', most: 2000 }))
const summing = (needsSummary: boolean) => (typed: { summary: string }) => {
  const asks = needsSummary && typed.summary === ''
  const ask = asks ? '其中有不公开的意见，请写归纳：采纳情况表只列归纳，不列原文' : null
  return [['summary', ask] as ['summary', string | null]]
}

/** @param needsSummary an answer to comments that the public does not see has to sum them up */
export const answerForm = (needsSummary: boolean) => form({ ...answer, summary }, summing(needsSummary))

/** Other words for an answer that was drafted. */
export const rewordingForm = (needsSummary: boolean) =>
  form({ ...answer, summary, revision: revision() }, summing(needsSummary))
export type TypedRewording = TypedIn<ReturnType<typeof rewordingForm>>
export type TypedAnswer = TypedIn<ReturnType<typeof answerForm>>

/** The office's answer to what a unit says of a clause. */
export const itemAnswerForm = form({ ...answer, revision: revision() })

/** A reason that is often given. */
export const templateForm = form({
  name: text({ name: '模板名称', most: 40 }),
  ...answer,
  revision: revision(),
})

/** What an approver wants changed. */
export const returnForm = form({ note: text({ name: '退回意见', most: 1000 }) })
