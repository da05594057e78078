import { and, asc, eq, notExists, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { commentDepartments, comments } from '../../schema/index.ts'
import { isOpen } from '../comments/answered.ts'

/**
 * When the oldest open comment of a clause came in; null where it has none.
 * @param besidesGiven leaves out what was given to a department one by one
 */
export async function oldestOpen(
  db: Database,
  consultationId: string,
  clause: string,
  besidesGiven: boolean,
): Promise<Date | null> {
  const { id, createdAt } = comments
  const given = db.query
    .select({ one: sql`1` })
    .from(commentDepartments)
    .where(eq(commentDepartments.commentId, id))
  const [first] = await db.query
    .select({ createdAt })
    .from(comments)
    .where(
      and(
        eq(comments.consultationId, consultationId),
        eq(comments.clause, clause),
        isOpen,
        besidesGiven ? notExists(given) : undefined,
      ),
    )
    .orderBy(asc(id))
    .limit(1)
  return first?.createdAt ?? null
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
