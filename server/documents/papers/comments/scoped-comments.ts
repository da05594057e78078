import type { ChosenComments } from '../../../../db/queries/campaigns/campaign-groups.ts'
import { everyComment, type ReadComment, type ReadingOrder } from '../../../../db/queries/comments/reading.ts'
import { admittedStates } from '../../../rules/answers/responses.ts'
import { commentsAreShown } from '../../../rules/consultations/publication-policies.ts'
import type { PaperRequest } from '../paper-request.ts'

type Reading = Pick<PaperRequest, 'db' | 'consultation' | 'places' | 'scope' | 'filters' | 'now' | 'read'>

/**
 * The comments that the scope may hold and the filters let through, in document order, read from the database as they
 * are asked for.
 * @param states only these, where given
 */
export async function* scopedComments(
  request: Reading,
  states: readonly string[] | null = null,
): AsyncGenerator<ReadComment> {
  if (holdsNothingYet(request)) return
  const { db, consultation, places, scope, filters, read } = request
  const clauses = filters.clause ? [filters.clause] : [...places.keys()]
  for (const state of statesToRead(scope, filters.state)) {
    for await (const comment of everyComment(
      db,
      consultation.id,
      clauses,
      { ...filters, state },
      orderFor(scope),
    )) {
      read()
      if (states === null || states.includes(comment.state)) yield comment
    }
  }
}

/** The public is told no order in which comments came in. */
export function orderFor(scope: PaperRequest['scope']): ReadingOrder {
  return scope === 'public' ? 'publication' : 'arrival'
}

/** One pass over the states, or none; null is a pass over all of them. */
function statesToRead(scope: PaperRequest['scope'], asked: string | null): (string | null)[] {
  if (scope !== 'public') return [asked]
  return asked === null || asked === 'published' ? ['published'] : []
}

/** A file for the public holds comments only from when the pages show them. */
export function holdsNothingYet({
  scope,
  consultation,
  now,
}: Pick<PaperRequest, 'scope' | 'consultation' | 'now'>): boolean {
  return scope === 'public' && !commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now)
}

/** Which comments the summary is of. */
export function summedUp({ consultation, scope, filters }: PaperRequest): ChosenComments {
  const states = scope === 'public' ? ['published'] : admittedStates
  return { consultationId: consultation.id, states, filters }
}
