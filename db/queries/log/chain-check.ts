import { lte } from 'drizzle-orm'
import { chainStart, sealHash } from '../../../server/rules/log/log-chain.ts'
import type { Database } from '../../database.ts'
import { BrokenSeal, type Seals, UnknownKey } from '../../sealing/sealed.ts'
import { type Chain, type Head, headPlace, type Seal, sealsInOrder } from './chain.ts'

/** What is wrong with a chain. */
export interface ChainProblem {
  /** The number of the row where one can be named. */
  entry: number | null
  /**
   * changed, removed, inserted: rows; forged: the seal from here on was not made with the portal's key; cut_off: the end
   * that was written down elsewhere is not in the database; head_forged, head_missing: what was written down elsewhere
   */
  problem: 'changed' | 'removed' | 'inserted' | 'forged' | 'cut_off' | 'head_forged' | 'head_missing'
  /** When it was last as it was sealed; null where that is not known. */
  since: Date | null
}

/**
 * Follows a chain from its start and compares it with every row.
 * @param known the end as it was written down elsewhere; null where there is none
 * @param isKeyLost whether the portal's key was replaced, and what was sealed with the one before opens no more
 */
export async function verifyChain<Row extends { number: number }>(
  db: Database,
  seals: Seals,
  chain: Chain<Row>,
  known: Head | null,
  isKeyLost = false,
): Promise<ChainProblem[]> {
  const problems: ChainProblem[] = []
  let before: Pick<Head, 'count' | 'hash'> & { at: Date | null } = { count: 0, hash: chainStart, at: null }
  let last = 0
  let isMarked = chain.wasMarkedFromTheStart
  let isKnownMet = known === null || known.count === 0
  for await (const seal of sealsInOrder(db, chain)) {
    const since = before.at
    const rows = await chain.read(db, seal.entries)
    const there = new Set(rows.map(({ number }) => number))
    const removed = seal.entries.filter((number) => !there.has(number))
    problems.push(...removed.map((entry) => ({ entry, problem: 'removed' as const, since: seal.at })))
    const entry = seal.entries[0] ?? null
    if (removed.length === 0 && !isWhole(chain, before, seal, rows)) {
      problems.push({ entry, problem: 'changed', since })
    }
    if (!isOurs(seals, chain, seal, { mustBeMarked: isMarked, isKeyLost }))
      problems.push({ entry, problem: 'forged', since })
    isMarked ||= seal.mark !== null
    before = { count: before.count + seal.entries.length, hash: seal.hash, at: seal.at }
    last = Math.max(last, ...seal.entries)
    isKnownMet ||= known?.count === before.count && known.hash === before.hash
  }
  const kept = before.count - problems.filter(({ problem }) => problem === 'removed').length
  if (chain.isEveryRowSealed && (await db.query.$count(chain.rows, lte(chain.rows.number, last))) > kept) {
    problems.push({ entry: null, problem: 'inserted', since: null })
  }
  const isKnownOurs = known === null || isOurs(seals, chain, known, { mustBeMarked: isMarked, isKeyLost })
  if (!isKnownOurs) problems.push({ entry: null, problem: 'head_forged', since: null })
  else if (!isKnownMet) problems.push({ entry: null, problem: 'cut_off', since: known?.at ?? null })
  if (!known && isMarked && before.count > 0) {
    problems.push({ entry: null, problem: 'head_missing', since: null })
  }
  return problems
}

/** Whether a seal is the hash of what it covers; one whose count is another hides how much is gone. */
function isWhole<Row extends { number: number }>(
  { line }: Chain<Row>,
  before: Pick<Head, 'count' | 'hash'>,
  seal: Seal,
  rows: readonly Row[],
): boolean {
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  const inOrder = seal.entries.flatMap((number) => byNumber.get(number) ?? [])
  return sealHash(before.hash, inOrder.map(line)) === seal.hash
}

/** Whether the portal made the end of the chain; it must be marked where one before it was. */
function isOurs<Row extends { number: number }>(
  seals: Seals,
  chain: Chain<Row>,
  { count, hash, mark }: Head,
  { mustBeMarked, isKeyLost }: { mustBeMarked: boolean; isKeyLost: boolean },
): boolean {
  if (mark === null) return !mustBeMarked
  try {
    return seals.open(mark, headPlace(chain, count)) === hash
  } catch (error) {
    if (error instanceof UnknownKey) return isKeyLost
    if (error instanceof BrokenSeal) return false
    throw error
  }
}
