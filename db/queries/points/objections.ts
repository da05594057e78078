import { and, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, isObjectedPoint, points } from '../../schema/index.ts'

/* 提出人的异议: an author says once that a concern does not say what was meant, or that a passage asks for something after all. */

/** The condition that an author's objection to a passage waits for somebody's decision; to be read beside its comment. */
function isAppealedPassage(consultationId: string) {
  return and(
    eq(points.consultationId, consultationId),
    isObjectedPoint,
    eq(points.kind, 'no_proposal'),
    inArray(comments.state, [...admittedStates]),
  )
}

/** The passages whose authors wait for a decision. */
export function appealedPassages(tx: Pick<Reads, 'select'>, consultationId: string) {
  return tx
    .select({ id: points.id })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(isAppealedPassage(consultationId))
}

export async function countAppealedPassages(db: Database, consultationId: string): Promise<number> {
  const rows = await appealedPassages(db.query, consultationId)
  return rows.length
}

/** What was objected to and nobody has decided yet; null where there is none of this id. */
export async function findObjection(db: Database, consultationId: string, pointId: string) {
  const [row] = await db.query
    .select({ kind: points.kind, markedBy: points.markedBy })
    .from(points)
    .where(and(eq(points.id, pointId), eq(points.consultationId, consultationId), isObjectedPoint))
  return row ?? null
}

/**
 * Decides, hearing an objection, that it stays as it is; that a passage asks for nothing, another than who marked it.
 * @throws Refused where nothing waits to be decided, or it is their own passage
 */
export async function uphold(db: Database, consultationId: string, pointId: string, act: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(points)
        .set({ upheldBy: act.staffId })
        .where(
          and(
            eq(points.id, pointId),
            eq(points.consultationId, consultationId),
            isObjectedPoint,
            or(isNotNull(points.concernId), ne(points.markedBy, act.staffId)),
          ),
        )
        .returning({ id: points.id }),
    ),
    logAct(tx, act, 'point.uphold', pointId),
  ])
}

/** Which objections are listed: of points that are in a concern, and of passages. */
export const isListedObjection = and(
  isObjectedPoint,
  sql`(${points.concernId} is not null or ${points.kind} = 'no_proposal')`,
)
