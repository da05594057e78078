import { and, eq, gt, lte, ne, or, sql } from 'drizzle-orm'
import type { Act } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { prepared } from '../../prepared.ts'
import { claims, staff } from '../../schema/index.ts'
import { notDue } from './due-decisions.ts'

export interface Claim {
  staffId: string
  by: string
  until: Date
}

/** 认领 lasts ten minutes, in milliseconds, and is renewed while the comment stays open. */
const term = 10 * 60 * 1000

/**
 * Claims a comment, or renews the claim, and lets go of what the same member of staff had claimed before.
 * @throws Refused where somebody else is judging it, or has decided and that has not taken effect yet
 */
export async function claim(db: Database, commentId: string, act: Act): Promise<void> {
  const { staffId, now } = act
  const until = new Date(now.getTime() + term)
  await db.atomically((tx) => [
    must('taken', notDue(tx, commentId)),
    must('taken', take(tx, { commentId, staffId, until, now })),
    letGoOfOthers(tx, { commentId, staffId }),
  ])
}

const take = filled(
  (tx: Query, { commentId, staffId, until, now }: typeof claims.$inferSelect & { now: Date }) =>
    tx
      .insert(claims)
      .values({ commentId, staffId, until })
      .onConflictDoUpdate({
        target: claims.commentId,
        set: { staffId, until },
        setWhere: or(eq(claims.staffId, staffId), lte(claims.until, sql.param(now, claims.until))),
      })
      .returning({ id: claims.commentId }),
)
const letGoOfOthers = filled((tx: Query, { commentId, staffId }: { commentId: string; staffId: string }) =>
  tx.delete(claims).where(and(eq(claims.staffId, staffId), ne(claims.commentId, commentId))),
)

export async function release(db: Database, commentId: string, staffId: string): Promise<void> {
  await db.query.delete(claims).where(and(eq(claims.commentId, commentId), eq(claims.staffId, staffId)))
}

/** Who is judging a comment now; null where nobody is. */
export async function claimOn(db: Database, commentId: string, now: Date): Promise<Claim | null> {
  const [row] = await held(db).execute({ commentId, now })
  return row ?? null
}

const held = prepared('claim_on', (query) =>
  query
    .select({ staffId: claims.staffId, by: staff.name, until: claims.until })
    .from(claims)
    .innerJoin(staff, eq(staff.id, claims.staffId))
    .where(
      and(
        eq(claims.commentId, sql.param(sql.placeholder('commentId'), claims.commentId)),
        gt(claims.until, sql.param(sql.placeholder('now'), claims.until)),
      ),
    ),
)
