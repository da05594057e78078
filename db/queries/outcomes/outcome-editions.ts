import { and, asc, desc, eq, gt } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { comments, outcomeDrafts, outcomeRows, outcomes, points, staff } from '../../schema/index.ts'
import { keepVersion, type Versioned } from '../versions/office-versions.ts'

export type Edition = typeof outcomes.$inferSelect
type OutcomeRow = typeof outcomeRows.$inferSelect

/** Every edition, the newest first. */
export function editions(db: Database, consultationId: string): Promise<Edition[]> {
  return db.query
    .select()
    .from(outcomes)
    .where(eq(outcomes.consultationId, consultationId))
    .orderBy(desc(outcomes.edition))
}

/** A row as the public may read it now: null where the comment has been taken off the pages since. */
export type ShownRow = Omit<OutcomeRow, 'author' | 'body'> & { author: string | null; body: string | null }

/**
 * A page of an edition's adoption table, after a position (−1: from the start). A comment that was reopened, withheld or
 * redacted after the edition reads as it does everywhere else.
 */
export async function editionRows(
  db: Database,
  outcomeId: string,
  after: number,
  limit: number,
): Promise<ShownRow[]> {
  const rows = await db.query
    .select({
      row: outcomeRows,
      state: comments.state,
      words: comments.body,
      point: { start: points.start, end: points.end },
    })
    .from(outcomeRows)
    .leftJoin(comments, eq(comments.id, outcomeRows.commentId))
    .leftJoin(points, eq(points.id, outcomeRows.pointId))
    .where(and(eq(outcomeRows.outcomeId, outcomeId), gt(outcomeRows.position, after)))
    .orderBy(asc(outcomeRows.position))
    .limit(limit)
  return rows.map(({ row, state, words, point }) => {
    if (row.commentId === null) return row
    const said = words === null ? null : row.pointId === null ? words : wordsAt(words, point)
    return state === 'published' && said !== null
      ? { ...row, body: said }
      : { ...row, author: null, body: null }
  })
}

/** The words of a point as its comment reads now; null where it is there no more. */
function wordsAt(words: string, point: { start: number; end: number } | null): string | null {
  return point && [...words].slice(point.start, point.end).join('')
}

/** All of an edition's adoption table, as the public may read it now. */
export async function* everyEditionRow(db: Database, outcomeId: string): AsyncGenerator<ShownRow> {
  const pageSize = 1000
  let after = -1
  while (true) {
    const page = await editionRows(db, outcomeId, after, pageSize)
    yield* page
    after = page.at(-1)?.position ?? after
    if (page.length < pageSize) return
  }
}

/** The report being written, as somebody saved it last. */
interface DraftReport {
  /** Empty where it is to come from the data again. */
  report: string
  by: string
  at: Date
}

/** The report being written; null where nobody has begun to change it. */
export async function draftReport(db: Database, consultationId: string): Promise<DraftReport | null> {
  const [row] = await db.query
    .select({ report: outcomeDrafts.report, by: staff.name, at: outcomeDrafts.updatedAt })
    .from(outcomeDrafts)
    .innerJoin(staff, eq(staff.id, outcomeDrafts.updatedBy))
    .where(eq(outcomeDrafts.consultationId, consultationId))
  return row ?? null
}

/**
 * @param revision the one in whose place it is kept; 0 where nobody had begun to change it
 * @throws Refused where somebody has kept another since
 */
export async function keepReport(
  db: Database,
  consultationId: string,
  { report, revision }: { report: string; revision: number },
  act: Act,
): Promise<void> {
  const kept = { report, updatedBy: act.staffId, updatedAt: act.now }
  await db.atomically((tx) => [
    tx
      .insert(outcomeDrafts)
      .values({ consultationId, ...kept })
      .onConflictDoUpdate({ target: outcomeDrafts.consultationId, set: kept }),
    ...keepVersion(tx, versionedReport(consultationId), { opened: revision, said: { report } }, act),
    logAct(tx, act, 'outcome.draft', consultationId, { revision: revision + 1 }),
  ])
}

/** The report that is being written, of which there is one. */
export function versionedReport(consultationId: string): Versioned {
  return { consultationId, kind: 'report', row: 'report' }
}
