import { and, asc, desc, gt, inArray, lte, sql } from 'drizzle-orm'
import { type ChainedEntry, chainStart, sealHash } from '../../../server/rules/log/log-chain.ts'
import type { Database } from '../../database.ts'
import { log, logSeals } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'

/** The end of the chain: how many entries it covers and the hash over all of them. */
export interface LogHead {
  count: number
  hash: string
}

/** An entry may commit after one with a higher number; so many numbers, and milliseconds, back a seal looks for it. */
const lateNumbers = 200
const lateTime = 10_000
const batch = 500

/** The numbers of entries that no seal covers yet, the lowest first, without those that are marked. */
export async function unsealed(db: Database, most: number, now: Date): Promise<number[]> {
  const recent = await recentSeals(db)
  const sealed = sealedBy(recent)
  const last = Math.max(0, ...sealed)
  const mayHaveLate = recent[0] !== undefined && now.getTime() - recent[0].at.getTime() < lateTime
  const newer = await db.query.$count(log, gt(log.number, last))
  if (newer === 0 && !mayHaveLate) return []
  const rows = await db.query
    .select({ number: log.number })
    .from(log)
    .where(
      and(
        gt(log.number, last - lateNumbers),
        unmarked(db.query, 'log_seals', sql`cast(${log.number} as text)`),
      ),
    )
    .orderBy(asc(log.number))
    .limit(most + lateNumbers)
  return rows.flatMap(({ number }) => (sealed.has(number) ? [] : [number])).slice(0, most)
}

/**
 * Seals those of these entries that no seal covers yet. Only who holds the lease may call it.
 * @returns the new end of the chain; null where nothing was left to seal
 */
export async function sealEntries(
  db: Database,
  numbers: readonly number[],
  now: Date,
): Promise<LogHead | null> {
  const recent = await recentSeals(db)
  const sealed = sealedBy(recent)
  const entries = await entriesOf(
    db,
    numbers.filter((number) => !sealed.has(number)),
  )
  if (entries.length === 0) return null
  const [before] = recent
  const head = {
    count: (before?.count ?? 0) + entries.length,
    hash: sealHash(before?.hash ?? chainStart, entries),
  }
  await db.atomically((tx) => [
    tx.insert(logSeals).values({ ...head, entries: entries.map(({ number }) => number), at: now }),
  ])
  return head
}

function recentSeals(db: Database): Promise<Seal[]> {
  return db.query.select().from(logSeals).orderBy(desc(logSeals.number)).limit(lateNumbers)
}

function sealedBy(seals: readonly Seal[]): Set<number> {
  return new Set(seals.flatMap(({ entries }) => entries))
}

type Seal = typeof logSeals.$inferSelect

/** What is wrong with the log; `entry` is its number where one can be named. */
export interface LogProblem {
  entry: number | null
  problem: 'changed' | 'removed' | 'inserted' | 'cut_off'
}

/**
 * Follows the chain from its start and compares it with every entry.
 * @param known a head that was written down elsewhere; null where there is none
 */
export async function verifyLog(db: Database, known: LogHead | null): Promise<LogProblem[]> {
  const problems: LogProblem[] = []
  let head: LogHead = { count: 0, hash: chainStart }
  let last = 0
  let isKnownMet = known === null || known.count === 0
  for await (const seal of sealsInOrder(db)) {
    const stored = new Map((await entriesOf(db, seal.entries)).map((entry) => [entry.number, entry]))
    const entries = seal.entries.map((number) => stored.get(number))
    const removed = seal.entries.filter((number) => !stored.has(number))
    problems.push(...removed.map((entry) => ({ entry, problem: 'removed' as const })))
    const present = entries.filter((entry) => entry !== undefined)
    if (removed.length === 0 && sealHash(head.hash, present) !== seal.hash) {
      problems.push({ entry: seal.entries[0] ?? null, problem: 'changed' })
    }
    head = { count: head.count + seal.entries.length, hash: seal.hash }
    last = Math.max(last, ...seal.entries)
    isKnownMet ||= known?.count === head.count && known.hash === head.hash
  }
  const kept = head.count - problems.filter(({ problem }) => problem === 'removed').length
  if ((await db.query.$count(log, lte(log.number, last))) > kept) {
    problems.push({ entry: null, problem: 'inserted' })
  }
  if (!isKnownMet) problems.push({ entry: null, problem: 'cut_off' })
  return problems
}

async function* sealsInOrder(db: Database): AsyncGenerator<Seal> {
  let after = 0
  for (;;) {
    const seals = await db.query
      .select()
      .from(logSeals)
      .where(gt(logSeals.number, after))
      .orderBy(asc(logSeals.number))
      .limit(batch)
    yield* seals
    const last = seals.at(-1)
    if (!last) return
    after = last.number
  }
}

function entriesOf(db: Database, numbers: number[]): Promise<ChainedEntry[]> {
  return db.query.select().from(log).where(inArray(log.number, numbers)).orderBy(asc(log.number))
}
