import { count, desc, eq } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, decisions, staff } from '../../schema/index.ts'

/** How many decisions each moderator made, by the comment's stance, the outcome and its reason. */
export async function decisionTallies(db: Database) {
  const columns = {
    by: staff.name,
    stance: comments.stance,
    admission: decisions.admission,
    publication: decisions.publication,
    reason: decisions.reason,
  }
  return db.slow
    .select({ ...columns, count: count() })
    .from(decisions)
    .innerJoin(staff, eq(staff.id, decisions.staffId))
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .groupBy(...Object.values(columns))
    .orderBy(staff.name, comments.stance, desc(count()))
}

/** The ids of all decisions, in order, of which a sample is drawn. */
export async function decisionIds(db: Database): Promise<string[]> {
  const rows = await db.query.select({ id: decisions.id }).from(decisions).orderBy(decisions.id)
  return rows.map(({ id }) => id)
}

/** A decision with the comment that it was made on; null where there is none. */
export async function auditedDecision(db: Database, id: string) {
  const { publicId, body, state, stance } = comments
  const [row] = await db.query
    .select({ decision: decisions, by: staff.name, publicId, body, state, stance })
    .from(decisions)
    .innerJoin(staff, eq(staff.id, decisions.staffId))
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(eq(decisions.id, id))
  return row ?? null
}
