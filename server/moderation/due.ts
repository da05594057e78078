import type { DueDecision } from '../../db/queries/moderation/kept-decisions.ts'
import { shanghaiClock } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { nameOf, stateNames } from '../rules/names.ts'

/** A decision that has not taken effect yet, as the pages show it. */
export interface ShownDue {
  outcome: string
  by: string
  /** Whether whoever looks may take it back. */
  mine: boolean
  /** When it takes effect, to the second. */
  at: string
}

export function shownDue(
  {
    ruling,
    by,
    staffId,
    agreedBy,
    dueAt,
  }: Pick<DueDecision, 'ruling' | 'by' | 'staffId' | 'agreedBy' | 'dueAt'>,
  me: string,
): ShownDue {
  return {
    outcome: nameOf(stateNames, stateAfter(ruling.admission, ruling.publication)),
    by,
    mine: (agreedBy ?? staffId) === me,
    at: shanghaiClock(dueAt),
  }
}
