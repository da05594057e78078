import { and, desc, eq, gte } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { decisions } from '../../schema/index.ts'

/** A decision of one member of staff. */
export interface OwnDecision {
  id: string
  commentId: string
  review: number
  ruling: { admission: string; publication: string; reason: string | null }
  createdAt: Date
}

/** What somebody has decided, or agreed to, since a moment, the last first. */
export async function decisionsBy(
  db: Database,
  staffId: string,
  since: Date,
  { skip, most }: { skip: number; most: number },
): Promise<OwnDecision[]> {
  // Each by an index of its own, in order.
  const [own, agreed] = await Promise.all(
    [decisions.staffId, decisions.agreedBy].map((who) => latest(db, eq(who, staffId), since, skip + most)),
  )
  const isLater = (a: OwnDecision, b: OwnDecision) =>
    b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1)
  return [...(own ?? []), ...(agreed ?? [])].sort(isLater).slice(skip, skip + most)
}

function latest({ slow }: Database, isMeant: ReturnType<typeof eq>, since: Date, most: number) {
  const { id, commentId, review, admission, publication, reason, createdAt } = decisions
  return slow
    .select({ id, commentId, review, createdAt, ruling: { admission, publication, reason } })
    .from(decisions)
    .where(and(isMeant, gte(createdAt, since)))
    .orderBy(desc(createdAt))
    .limit(most)
}
