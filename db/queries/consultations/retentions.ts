import { and, asc, desc, eq, isNotNull, isNull, lt, lte } from 'drizzle-orm'
import { type Day, startOfDay } from '../../../server/rules/days.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { consultations, retentions, staff } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'

/** A consultation whose outcome is out, with how long it keeps who sent its comments. */
export type Retention = Awaited<ReturnType<typeof retentionsOf>>[number]

const columns = {
  consultationId: consultations.id,
  slug: consultations.slug,
  title: consultations.title,
  outcomeAt: consultations.outcomeAt,
  /** null: its outcome was published before days were promised. */
  promisedOn: retentions.promisedOn,
  archivedAt: retentions.archivedAt,
  archivedBy: staff.name,
  anonymisedAt: retentions.anonymisedAt,
}

function read(db: Database) {
  return db.query
    .select(columns)
    .from(consultations)
    .leftJoin(retentions, eq(retentions.consultationId, consultations.id))
    .leftJoin(staff, eq(staff.id, retentions.archivedBy))
}

/** All consultations whose outcome is out, the newest first. */
export function retentionsOf(db: Database) {
  return read(db).where(isNotNull(consultations.outcomeAt)).orderBy(desc(consultations.outcomeAt))
}

/** One of them; null where there is none. */
export async function retentionOf(db: Database, slug: string): Promise<Retention | null> {
  const [row] = await read(db).where(and(eq(consultations.slug, slug), isNotNull(consultations.outcomeAt)))
  return row ?? null
}

/** Those that end by this day and are not at their end yet, the earliest first. */
export function endingRetentions(db: Database, by: Day): Promise<Retention[]> {
  const { promisedOn, anonymisedAt } = retentions
  return read(db)
    .where(and(isNotNull(consultations.outcomeAt), lte(promisedOn, by), isNull(anonymisedAt)))
    .orderBy(asc(promisedOn))
}

/** The statement that promises a day; one that was promised before stays. */
export function promiseDay(tx: Pick<Query, 'insert'>, consultationId: string, promisedOn: Day) {
  return tx.insert(retentions).values({ consultationId, promisedOn }).onConflictDoNothing()
}

/**
 * A person says that the archive has taken the papers over.
 * @param promisedOn for a consultation to which no day is promised yet
 * @throws Refused where somebody has said so already
 */
export async function archive(
  db: Database,
  { consultationId }: Pick<Retention, 'consultationId'>,
  promisedOn: Day,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    promiseDay(tx, consultationId, promisedOn),
    must(
      'stale',
      tx
        .update(retentions)
        .set({ archivedBy: act.staffId, archivedAt: act.now })
        .where(and(eq(retentions.consultationId, consultationId), isNull(retentions.archivedAt)))
        .returning({ id: retentions.consultationId }),
    ),
    logAct(tx, act, 'consultation.archive', consultationId),
  ])
}

/** Takes that back. @throws Refused where nobody said so, or what it allowed is done */
export async function undoArchive(
  db: Database,
  { consultationId }: Pick<Retention, 'consultationId'>,
  act: Act,
): Promise<void> {
  const { archivedAt, anonymisedAt } = retentions
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(retentions)
        .set({ archivedBy: null, archivedAt: null })
        .where(
          and(eq(retentions.consultationId, consultationId), isNotNull(archivedAt), isNull(anonymisedAt)),
        )
        .returning({ id: retentions.consultationId }),
    ),
    logAct(tx, act, 'consultation.undo_archive', consultationId),
  ])
}

/**
 * The ids of consultations whose promised day has come and whose papers the archive took over, without those that are
 * marked. What was said by mistake can be taken back on the same day.
 */
export async function overRetentions(db: Database, today: Day, most: number): Promise<string[]> {
  const { consultationId, promisedOn, archivedAt, anonymisedAt } = retentions
  const rows = await db.query
    .select({ consultationId })
    .from(retentions)
    .where(
      and(
        lte(promisedOn, today),
        lt(archivedAt, startOfDay(today)),
        isNull(anonymisedAt),
        unmarked(db.query, 'retentions', consultationId),
      ),
    )
    .orderBy(asc(promisedOn))
    .limit(most)
  return rows.map((row) => row.consultationId)
}

/** The statement that says that a consultation's term is over. */
export function endRetention(tx: Pick<Query, 'insert'>, consultationId: string, today: Day, now: Date) {
  return tx
    .insert(retentions)
    .values({ consultationId, promisedOn: today, anonymisedAt: now })
    .onConflictDoUpdate({ target: retentions.consultationId, set: { anonymisedAt: now } })
}
