import { type FieldError, textProblem, typedText } from '../typed.ts'
import { longestReason, longestSummary, type Outcome, outcomeNames } from './responses.ts'

/** What was typed into the form of an answer, to be given back as it was. */
export interface TypedAnswer {
  outcome: string
  reason: string
  summary: string
}

export interface ReadAnswer {
  outcome: Outcome
  reason: string
  summary: string | null
}

export function typedAnswer(form: unknown): TypedAnswer {
  return {
    outcome: typedText(form, 'outcome'),
    reason: typedText(form, 'reason'),
    summary: typedText(form, 'summary'),
  }
}

/**
 * The answer, or what has to be put right.
 * @param needsSummary an answer to comments that the public does not see has to sum them up
 */
export function readAnswer(
  typed: TypedAnswer,
  needsSummary: boolean,
): { answer: ReadAnswer; errors: [] } | { answer: null; errors: FieldError[] } {
  const outcome = Object.keys(outcomeNames).find((name): name is Outcome => name === typed.outcome)
  const errors = [
    { field: 'outcome', message: outcome ? null : '请选择采纳情况' },
    {
      field: 'reason',
      message: textProblem(typed.reason, { name: '理由', required: true, most: longestReason }),
    },
    { field: 'summary', message: summaryProblem(typed.summary, needsSummary) },
  ].flatMap(({ field, message }) => (message ? [{ field, message }] : []))
  if (!outcome || errors.length > 0) return { answer: null, errors }
  return { answer: { outcome, reason: typed.reason, summary: typed.summary || null }, errors: [] }
}

function summaryProblem(summary: string, needed: boolean): string | null {
  if (needed && summary === '') return '其中有不公开的意见，请写归纳：采纳情况表只列归纳，不列原文'
  return textProblem(summary, { name: '归纳', most: longestSummary })
}
