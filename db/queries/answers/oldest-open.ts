import { and, asc, count, eq, max, notExists, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { commentDepartments, comments } from '../../schema/index.ts'
import { withoutApproved } from '../comments/approved-answers.ts'

/** When the oldest comment without an approved answer came in, or the day after which it must have. */
export interface Oldest {
  at: Date
  isExact: boolean
}

/** So many of a clause's first comments are looked through; a longer look would take longer where more are answered. */
const lookedThrough = 200

/**
 * The oldest open comment of a clause; null where it has no admitted one.
 * @param besidesGiven leaves out what was given to a department one by one
 */
export async function oldestOpen(
  db: Database,
  consultationId: string,
  clause: string,
  besidesGiven: boolean,
): Promise<Oldest | null> {
  const found = await Promise.all(
    admittedStates.map((state) => oldestIn(db, consultationId, clause, state, besidesGiven)),
  )
  const [first = null] = found
    .filter((one) => one !== null)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
  return first
}

async function oldestIn(
  db: Database,
  consultationId: string,
  clause: string,
  state: string,
  besidesGiven: boolean,
): Promise<Oldest | null> {
  const { id, createdAt } = comments
  const given = db.slow
    .select({ one: sql`1` })
    .from(commentDepartments)
    .where(eq(commentDepartments.commentId, id))
  const first = db.slow
    .select({ id, createdAt })
    .from(comments)
    .where(
      and(
        eq(comments.consultationId, consultationId),
        eq(comments.clause, clause),
        eq(comments.state, state),
        besidesGiven ? notExists(given) : undefined,
      ),
    )
    .orderBy(asc(id))
    .limit(lookedThrough)
    .as('first')
  const [open] = await db.slow
    .select({ at: first.createdAt })
    .from(first)
    .where(withoutApproved(db.slow, first.id))
    .orderBy(asc(first.id))
    .limit(1)
  if (open) return { at: open.at, isExact: true }
  const [last] = await db.slow.select({ count: count(), at: max(first.createdAt) }).from(first)
  return last?.at && last.count === lookedThrough ? { at: last.at, isExact: false } : null
}

/** The day on which the first came in of those that wait for moderation; null where none does. */
export async function oldestPending(db: Database, consultationId: string): Promise<string | null> {
  const { createdDay, publicId, state } = comments
  const [first] = await db.query
    .select({ day: createdDay })
    .from(comments)
    .where(and(eq(comments.consultationId, consultationId), eq(state, 'pending')))
    .orderBy(asc(createdDay), asc(publicId))
    .limit(1)
  return first?.day ?? null
}
