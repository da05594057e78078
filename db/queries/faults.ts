import { and, asc, eq, inArray, lte, notInArray, or, type SQLWrapper, sql } from 'drizzle-orm'
import { restAfter, wholeWork } from '../../server/rules/upkeep/faults.ts'
import type { WorkName } from '../../server/rules/upkeep/work-names.ts'
import { type Act, logAct } from '../act.ts'
import { must, type Reads } from '../atomically.ts'
import type { Database } from '../database.ts'
import { faults } from '../schema/index.ts'

export type Fault = typeof faults.$inferSelect

/** What failed, and why. */
type Failure = Pick<Fault, 'work' | 'subject' | 'cause' | 'error'>

/** More than this are tried again in the next step. */
const mostDue = 500

/** Which kinds of work are marked as a whole, and which rows are to be tried again by now, the longest due first. */
export function pressingFaults(
  db: Database,
  now: Date,
): Promise<Pick<Fault, 'work' | 'subject' | 'retryAt'>[]> {
  const { work, subject, retryAt } = faults
  return db.query
    .select({ work, subject, retryAt })
    .from(faults)
    .where(or(eq(subject, wholeWork), lte(retryAt, now)))
    .orderBy(sql`${subject} <> ${wholeWork}`, asc(retryAt))
    .limit(mostDue)
}

/** The condition that a row is not marked. @param key as it stands in `subject` */
export function unmarked(tx: Reads, work: WorkName, key: SQLWrapper) {
  return notInArray(
    sql`${key}`,
    tx.select({ subject: faults.subject }).from(faults).where(eq(faults.work, work)),
  )
}

/** Those of these keys that are not marked. */
export async function withoutMarked(db: Database, work: WorkName, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const rows = await db.query
    .select({ subject: faults.subject })
    .from(faults)
    .where(and(eq(faults.work, work), inArray(faults.subject, keys)))
  const marked = new Set(rows.map(({ subject }) => subject))
  return keys.filter((key) => !marked.has(key))
}

/** Marks what failed: it is left alone for a while, the longer the more often it failed. */
export async function mark(db: Database, failure: Failure, now: Date): Promise<void> {
  const { work, subject, cause, error } = failure
  const [known] = await db.query.select({ failures: faults.failures }).from(faults).where(isFault(failure))
  const failures = (known?.failures ?? 0) + 1
  const rest = restAfter(failures, subject === wholeWork ? 'work' : 'row')
  const set = { cause, error, failures, retryAt: new Date(now.getTime() + rest) }
  await db.atomically((tx) => [
    tx
      .insert(faults)
      .values({ work, subject, since: now, ...set })
      .onConflictDoUpdate({ target: [faults.work, faults.subject], set }),
  ])
}

/** Forgets the marks of rows that went well, or that nobody waits for any more. */
export async function unmark(db: Database, work: WorkName, subjects: readonly string[]): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(faults).where(and(eq(faults.work, work), inArray(faults.subject, [...subjects]))),
  ])
}

/** What is marked, the oldest first, and how many there are. */
export async function markedFaults(db: Database, most: number): Promise<{ shown: Fault[]; count: number }> {
  const [shown, count] = await Promise.all([
    db.query.select().from(faults).orderBy(asc(faults.since), asc(faults.subject)).limit(most),
    db.query.$count(faults),
  ])
  return { shown, count }
}

/** Has something tried again at once. @throws Refused where it is not marked any more */
export async function retryFault(
  db: Database,
  fault: Pick<Fault, 'work' | 'subject'>,
  act: Act,
): Promise<void> {
  const { work, subject } = fault
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(faults)
        .set({ failures: 0, retryAt: act.now })
        .where(isFault(fault))
        .returning({ work: faults.work }),
    ),
    logAct(tx, act, 'fault.retry', subject || work, { work }),
  ])
}

function isFault({ work, subject }: Pick<Fault, 'work' | 'subject'>) {
  return and(eq(faults.work, work), eq(faults.subject, subject))
}
