import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { outcomeDrafts, outcomeRows, outcomes } from '../schema/index.ts'

export type Outcome = typeof outcomes.$inferSelect
export type OutcomeRow = typeof outcomeRows.$inferSelect

/** Every edition, the newest first. */
export function editions(db: Database, consultationId: string): Promise<Outcome[]> {
  return db.query
    .select()
    .from(outcomes)
    .where(eq(outcomes.consultationId, consultationId))
    .orderBy(desc(outcomes.edition))
}

/** A page of an edition's adoption table, after a position (−1: from the start). */
export function editionRows(
  db: Database,
  outcomeId: string,
  after: number,
  limit: number,
): Promise<OutcomeRow[]> {
  return db.query
    .select()
    .from(outcomeRows)
    .where(and(eq(outcomeRows.outcomeId, outcomeId), gt(outcomeRows.position, after)))
    .orderBy(asc(outcomeRows.position))
    .limit(limit)
}

/** All of an edition's adoption table, as it was published. */
export async function* everyEditionRow(db: Database, outcomeId: string): AsyncGenerator<OutcomeRow> {
  const pageSize = 1000
  let after = -1
  while (true) {
    const page = await editionRows(db, outcomeId, after, pageSize)
    yield* page
    after = page.at(-1)?.position ?? after
    if (page.length < pageSize) return
  }
}

/** The report being written; null where nobody has begun to change it. */
export async function draftReport(db: Database, consultationId: string): Promise<string | null> {
  const [row] = await db.query
    .select({ report: outcomeDrafts.report })
    .from(outcomeDrafts)
    .where(eq(outcomeDrafts.consultationId, consultationId))
  return row?.report ?? null
}

export async function keepReport(
  db: Database,
  consultationId: string,
  report: string,
  staffId: string,
  now: Date,
): Promise<void> {
  const kept = { report, updatedBy: staffId, updatedAt: now }
  await db.query
    .insert(outcomeDrafts)
    .values({ consultationId, ...kept })
    .onConflictDoUpdate({ target: outcomeDrafts.consultationId, set: kept })
}
