import { and, asc, desc, gt, sql } from 'drizzle-orm'
import { chainStart, sealHash } from '../../../server/rules/log/log-chain.ts'
import type { WorkName } from '../../../server/rules/upkeep/work-names.ts'
import type { Database } from '../../database.ts'
import type { digestSeals, digests, log, logSeals } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { SealedPlace, Seals } from '../../sealing/sealed.ts'
import { unmarked } from '../faults.ts'

/** Rows that are numbered and never change, and the table of the seals that chain them. */
export interface Chain<Row extends { number: number }> {
  work: WorkName & ('log_seals' | 'digest_seals')
  rows: typeof log | typeof digests
  seals: typeof logSeals | typeof digestSeals
  /** Those of these numbers that are there, in their order. */
  read(db: Database, numbers: readonly number[]): Promise<Row[]>
  /** What of a row is hashed. */
  line(row: Row): unknown[]
  /** A row may commit after one with a higher number: so many numbers back a seal looks for it, … */
  lateNumbers: number
  /** … among those that none of so many seals covers. */
  recentSeals: number
  /** Whether a row that no seal covers, among others that are sealed, was put there. */
  isEveryRowSealed: boolean
  /** Whether every seal has its mark; else the first ones may be older than marks. */
  wasMarkedFromTheStart: boolean
}

/** The end of a chain: how many rows it covers and the hash over all of them. */
export interface Head {
  count: number
  hash: string
  /** null where an earlier version wrote it down. */
  at: Date | null
  /** The hash, sealed for this place of the chain: whoever does not hold the key can make no other. null in old ones. */
  mark: string | null
}

export type Seal = typeof logSeals.$inferSelect

/** In milliseconds: no list takes longer to commit. */
const lateTime = 10_000

/** The numbers of rows that no seal covers yet, the lowest first, without those that are marked. */
export async function unsealed<Row extends { number: number }>(
  db: Database,
  chain: Chain<Row>,
  most: number,
  now: Date,
): Promise<number[]> {
  const { number } = chain.rows
  const recent = await recentSeals(db, chain)
  const sealed = sealedBy(recent)
  const last = Math.max(0, ...sealed)
  const mayHaveLate = recent[0] !== undefined && now.getTime() - recent[0].at.getTime() < lateTime
  const newer = await db.query.$count(chain.rows, gt(number, last))
  if (newer === 0 && !mayHaveLate) return []
  const after = Math.max(last - chain.lateNumbers, knownFrom(recent, chain))
  const rows = await db.query
    .select({ number })
    .from(chain.rows)
    .where(and(gt(number, after), unmarked(db.query, chain.work, sql`cast(${number} as text)`)))
    .orderBy(asc(number))
    .limit(most + sealed.size)
  return rows.flatMap((row) => (sealed.has(row.number) ? [] : [row.number])).slice(0, most)
}

/**
 * Seals those of these rows that no seal covers yet. Only who holds the lease may call it.
 * @returns the new end of the chain; null where nothing was left to seal
 */
export async function sealRows<Row extends { number: number }>(
  db: Database,
  seals: Seals,
  chain: Chain<Row>,
  numbers: readonly number[],
  now: Date,
): Promise<Head | null> {
  const recent = await recentSeals(db, chain)
  const sealed = sealedBy(recent)
  const rows = await chain.read(
    db,
    numbers.filter((number) => !sealed.has(number)),
  )
  if (rows.length === 0) return null
  const [before] = recent
  const count = (before?.count ?? 0) + rows.length
  const hash = sealHash(before?.hash ?? chainStart, rows.map(chain.line))
  const sealing = () => ({ count, hash, at: now, mark: seals.seal(hash, headPlace(chain, count)) })
  let head = sealing()
  await atomicallySealed(db, seals, (tx) => {
    head = sealing()
    return [tx.insert(chain.seals).values({ ...head, entries: rows.map(({ number }) => number) })]
  })
  return head
}

/** Where the end of a chain is sealed that covers so many rows. */
export function headPlace({ work }: Pick<Chain<never>, 'work'>, count: number): SealedPlace {
  return { table: work, column: 'mark', row: String(count) }
}

function recentSeals<Row extends { number: number }>(db: Database, chain: Chain<Row>): Promise<Seal[]> {
  return db.query.select().from(chain.seals).orderBy(desc(chain.seals.number)).limit(chain.recentSeals)
}

function sealedBy(recent: readonly Seal[]): Set<number> {
  return new Set(recent.flatMap(({ entries }) => entries))
}

/** Above this number, whatever is sealed is sealed by one of these: what is below may be by one before. */
function knownFrom<Row extends { number: number }>(recent: readonly Seal[], chain: Chain<Row>): number {
  if (recent.length < chain.recentSeals) return 0
  return Math.max(0, ...recent.slice(recent.length / 2).flatMap(({ entries }) => entries))
}

/** Every seal, the first one first. */
export async function* sealsInOrder<Row extends { number: number }>(
  db: Database,
  chain: Chain<Row>,
): AsyncGenerator<Seal> {
  let after = 0
  for (;;) {
    const page = await db.query
      .select()
      .from(chain.seals)
      .where(gt(chain.seals.number, after))
      .orderBy(asc(chain.seals.number))
      .limit(100)
    yield* page
    const last = page.at(-1)
    if (!last) return
    after = last.number
  }
}
