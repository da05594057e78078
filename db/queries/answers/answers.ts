import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { PointKind } from '../../../server/rules/points/points.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, points, responseComments, responses, splits } from '../../schema/index.ts'
import { type Changed, changedByComments, changedByPoints } from '../wordings/wording-changes.ts'

/** What the office answered to a comment, once a second person has approved it. */
export interface GivenAnswer {
  /** As `outcomeNames` has it, or no_proposal where none of the comment asks for anything. */
  outcome: string
  /** Of a comment that was split: the reasons of its points, numbered as they stand in it. */
  reason: string
  approvedAt: Date | null
  /** When it was last corrected after that, and why; null where it was not. */
  correctedAt: Date | null
  correctionCause: string | null
  /** The clause of a round whose wording the comment helped to change; null where it changed none. */
  changed: Changed | null
}

/**
 * The approved answers to some comments, by the comment's id: for receipts, papers and the public's pages. One that was
 * split is answered once all its points are.
 * @param commentIds at most a page of them (1,000)
 * @param accounts of their points, where they have been read
 */
export async function answersTo(
  db: Database,
  commentIds: string[],
  accounts?: Map<string, PointAccount[]>,
): Promise<Map<string, GivenAnswer>> {
  if (commentIds.length === 0) return new Map()
  const [whole, parted, changed] = await Promise.all([
    answersToWhole(db, commentIds),
    answersToParted(db, commentIds, accounts),
    changedByComments(db, commentIds),
  ])
  return new Map(
    [...whole, ...parted].map(({ commentId, ...answer }) => [
      commentId,
      { ...answer, changed: changed.get(commentId) ?? answer.changed },
    ]),
  )
}

async function answersToWhole(db: Database, commentIds: string[]) {
  const { outcome, reason, approvedAt, correctedAt, correctionCause, state } = responses
  const rows = await db.query
    .select({
      commentId: responseComments.commentId,
      ...{ outcome, reason, approvedAt, correctedAt, correctionCause },
    })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(and(inArray(responseComments.commentId, commentIds), eq(state, 'approved')))
  return rows.map((row) => ({ ...row, changed: null }))
}

async function answersToParted(
  db: Database,
  commentIds: string[],
  known: Map<string, PointAccount[]> | undefined,
) {
  const rows = await db.query
    .select({ commentId: splits.commentId, outcome: splits.outcome })
    .from(splits)
    .where(and(inArray(splits.commentId, commentIds), isNotNull(splits.outcome)))
  const ids = rows.map(({ commentId }) => commentId)
  const accounts = known ?? (await pointAccounts(db, ids))
  return rows.map(({ commentId, outcome }) => {
    const answered = (accounts.get(commentId) ?? []).flatMap(({ answer }) => (answer ? [answer] : []))
    const times = answered.flatMap(({ approvedAt }) => (approvedAt ? [approvedAt.getTime()] : []))
    const corrected = answered
      .filter(({ correctedAt }) => correctedAt !== null)
      .sort((a, b) => Number(b.correctedAt) - Number(a.correctedAt))[0]
    return {
      commentId,
      changed: (accounts.get(commentId) ?? []).find((point) => point.changed)?.changed ?? null,
      outcome: outcome ?? '',
      reason: inOrder(answered.map(({ reason }) => reason)),
      approvedAt: times.length > 0 ? new Date(Math.max(...times)) : null,
      correctedAt: corrected?.correctedAt ?? null,
      correctionCause: corrected?.correctionCause ?? null,
    }
  })
}

function inOrder(reasons: string[]): string {
  return reasons.length === 1
    ? (reasons[0] ?? '')
    : reasons.map((reason, i) => `${i + 1}. ${reason}`).join('\n')
}

/** A point of a comment, or a passage of it that asks for nothing, with what was answered to it. */
export interface PointAccount {
  id: string
  kind: PointKind
  /** Its words, of the comment as it stands. */
  text: string
  clause: string
  stance: string
  /** The sentence into which it was gathered; null while it stands alone. */
  concern: string | null
  /** Its author said that this sentence does not say what was meant. */
  isObjected: boolean
  /** Somebody has decided since that it stays as it is. */
  isUpheld: boolean
  /** null where no answer to it is approved; never there for a passage. */
  answer:
    | (Pick<GivenAnswer, 'outcome' | 'reason' | 'approvedAt' | 'correctedAt' | 'correctionCause'> & {
        summary: string | null
      })
    | null
  /** The clause of a round whose wording it helped to change; null where it changed none. */
  changed: Changed | null
}

/** What became of each point of some comments, by the comment's id; those that were not split are not there. */
export async function pointAccounts(
  db: Database,
  commentIds: string[],
): Promise<Map<string, PointAccount[]>> {
  if (commentIds.length === 0) return new Map()
  const { id, commentId, start, end, kind, clause, stance, objectedAt, upheldBy } = points
  const { outcome, reason, summary, approvedAt, correctedAt, correctionCause } = responses
  const rows = await db.query
    .select({
      point: { id, commentId, start, end, kind, clause, stance, objectedAt, upheldBy },
      body: comments.body,
      concern: concerns.sentence,
      answer: { outcome, reason, summary, approvedAt, correctedAt, correctionCause },
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, commentId))
    .leftJoin(concerns, eq(concerns.id, points.concernId))
    .leftJoin(responses, and(eq(responses.id, points.responseId), eq(responses.state, 'approved')))
    .where(inArray(commentId, commentIds))
    .orderBy(asc(commentId), asc(start))
  const changed = rows.length > 0 ? await changedByPoints(db, commentIds) : null
  const accounts = new Map<string, PointAccount[]>()
  for (const { point, body, concern, answer } of rows) {
    const { commentId, start, end, kind, objectedAt, upheldBy, ...said } = point
    const text = [...body].slice(start, end).join('')
    const isObjected = objectedAt !== null
    const account = {
      ...said,
      kind: kind as PointKind,
      text,
      concern,
      isObjected,
      isUpheld: upheldBy !== null,
      answer,
      changed: changed?.get(said.id) ?? null,
    }
    accounts.set(commentId, [...(accounts.get(commentId) ?? []), account])
  }
  return accounts
}
