import type { BulkAnswer } from '../../../db/queries/answers/response-bulks.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { skipReasons, type WhySkipped } from '../../rules/answers/response-bulks.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'

/** An answer as it is shown where many are approved or returned. */
export interface ShownAnswer extends Pick<BulkAnswer, 'reason' | 'summary' | 'points' | 'drafter'> {
  outcomeName: string
  href: string
}

/** One that is left as it is; `answer` is null where it is there no more. */
export interface SkippedAnswer {
  why: string
  answer: ShownAnswer | null
}

export function shownAnswer({ slug }: Pick<Consultation, 'slug'>, answer: BulkAnswer): ShownAnswer {
  const { id, outcome, reason, summary, points, drafter } = answer
  const href = `/office/${slug}/responses/${id}`
  return { outcomeName: nameOf(outcomeNames, outcome), reason, summary, points, drafter, href }
}

/** Those of the answers that were asked for which are left, with why. @param answers those that are there */
export function skippedAnswers(
  consultation: Pick<Consultation, 'slug'>,
  ids: string[],
  answers: BulkAnswer[],
  whyOf: (answer: BulkAnswer | undefined) => WhySkipped | null,
): SkippedAnswer[] {
  const byId = new Map(answers.map((answer) => [answer.id, answer]))
  return ids.flatMap((id) => {
    const answer = byId.get(id)
    const why = whyOf(answer)
    const isThere = answer !== undefined && answer.state !== 'dropped'
    return why ? [{ why: skipReasons[why], answer: isThere ? shownAnswer(consultation, answer) : null }] : []
  })
}
