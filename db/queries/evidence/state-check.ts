import { inArray } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { stateAfter } from '../../../server/rules/moderation/comment-states.ts'
import type { Database } from '../../database.ts'
import { appeals, type comments, decisions, reopenings, versions } from '../../schema/index.ts'
import type { ErasedSubjects } from './erased.ts'
import type { EvidenceProblem } from './problems.ts'

type Comment = typeof comments.$inferSelect

/**
 * Which comments are not in the state, the round of review or the version that follows from what happened to them: these
 * are not vouched for themselves, but what they follow from is.
 */
export async function stateProblems(
  db: Database,
  said: readonly Comment[],
  erased: ErasedSubjects,
): Promise<EvidenceProblem[]> {
  const ids = said.map(({ id }) => id)
  const of = (table: { commentId: PgColumn }) => inArray(table.commentId, ids)
  const [decided, reopened, appealed, revised] = await Promise.all([
    db.query.select().from(decisions).where(of(decisions)),
    db.query.select({ commentId: reopenings.commentId }).from(reopenings).where(of(reopenings)),
    db.query.select({ commentId: appeals.commentId }).from(appeals).where(of(appeals)),
    db.query.select({ commentId: versions.commentId }).from(versions).where(of(versions)),
  ])
  const counted = (rows: readonly { commentId: string }[], id: string) =>
    rows.filter(({ commentId }) => commentId === id).length
  return said.flatMap((comment): EvidenceProblem[] => {
    const { id } = comment
    const review = 1 + counted(reopened, id) + counted(appealed, id)
    const decision = decided.find((one) => one.commentId === id && one.review === review)
    const state = erased.isWithdrawn(comment)
      ? 'withdrawn'
      : decision
        ? stateAfter(decision.admission, decision.publication)
        : 'pending'
    const publishedAt = state === 'published' ? (decision?.createdAt ?? null) : null
    const isRight =
      comment.state === state &&
      comment.review === review &&
      comment.version === 1 + counted(revised, id) &&
      (state === 'withdrawn' || comment.publishedAt?.getTime() === publishedAt?.getTime())
    return isRight
      ? []
      : [{ kind: 'comments', row: id, problem: 'state', since: decision?.createdAt ?? comment.createdAt }]
  })
}
