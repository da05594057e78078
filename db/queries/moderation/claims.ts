import { and, eq, gt, lte, ne, or } from 'drizzle-orm'
import type { Act } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { claims, staff } from '../../schema/index.ts'

export interface Claim {
  staffId: string
  by: string
  until: Date
}

/** 认领 lasts ten minutes, in milliseconds, and is renewed while the comment stays open. */
const term = 10 * 60 * 1000

/**
 * Claims a comment, or renews the claim, and lets go of what the same member of staff had claimed before.
 * @throws Refused where somebody else is judging it
 */
export async function claim(db: Database, commentId: string, act: Act): Promise<void> {
  const until = new Date(act.now.getTime() + term)
  await db.atomically((tx) => [
    must(
      'taken',
      tx
        .insert(claims)
        .values({ commentId, staffId: act.staffId, until })
        .onConflictDoUpdate({
          target: claims.commentId,
          set: { staffId: act.staffId, until },
          setWhere: or(eq(claims.staffId, act.staffId), lte(claims.until, act.now)),
        })
        .returning({ id: claims.commentId }),
    ),
    tx.delete(claims).where(and(eq(claims.staffId, act.staffId), ne(claims.commentId, commentId))),
  ])
}

export async function release(db: Database, commentId: string, staffId: string): Promise<void> {
  await db.query.delete(claims).where(and(eq(claims.commentId, commentId), eq(claims.staffId, staffId)))
}

/** Who is judging a comment now; null where nobody is. */
export async function claimOn(db: Database, commentId: string, now: Date): Promise<Claim | null> {
  const [row] = await db.query
    .select({ staffId: claims.staffId, by: staff.name, until: claims.until })
    .from(claims)
    .innerJoin(staff, eq(staff.id, claims.staffId))
    .where(and(eq(claims.commentId, commentId), gt(claims.until, now)))
  return row ?? null
}
