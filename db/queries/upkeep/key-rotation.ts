import { and, asc, eq, gt, isNotNull, notLike, or, type SQL } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { followRing, replaceRing, ringRow, underThisKey } from '../../sealing/key-ring.ts'
import { BrokenSeal, type KeyRing, type Seals } from '../../sealing/sealed.ts'
import { algorithm, type SealingKey } from '../../sealing/sealing-key.ts'
import { type SealedColumn, sealedColumns } from './sealed-columns.ts'

/** How many values are sealed anew in one list: few enough to keep nobody waiting who writes meanwhile. */
const batch = 200

/**
 * Makes another key the database's: from now on all that is stored is sealed with it, whoever stores it, and what was
 * sealed before opens with the key before, which is kept sealed with the new one.
 * @throws Refused where somebody else has done so at the same time
 */
export async function turnTo(db: Database, seals: Seals, next: SealingKey, act: Act<null>): Promise<void> {
  const from = ringOf(seals)
  await db.atomically((tx) => [
    replaceRing(tx, from, seals.turnedTo(next)),
    logAct(tx, act, 'keys.rotate', ringRow, { from: seals.key.id, to: next.id }),
  ])
  await followRing(db, seals)
}

/** What became of the values that were sealed with another key than the one that is used now. */
export interface Resealed {
  done: number
  /** Of these no key that is at hand opens any: they stay as they are. */
  broken: number
}

/** Seals anew, in steps, what is not sealed with the key that is used now. Broken off, it goes on where it was. */
export async function* resealed(db: Database, seals: Seals): AsyncGenerator<Resealed> {
  const total = { done: 0, broken: 0 }
  for (const column of sealedColumns) {
    let after: Row | undefined
    do {
      const rows = await sealedBefore(db.query, seals, column, after)
      const anew = rows.flatMap((row) => sealedAnew(seals, column, row) ?? [])
      if (anew.length > 0) {
        await db.atomically((tx) => [
          ...anew.map(({ row, sealed }) => replace(tx, column, row, sealed)),
          ...underThisKey(tx, seals),
        ])
      }
      total.done += anew.length
      total.broken += rows.length - anew.length
      after = rows.at(-1)
      if (after) yield { ...total }
    } while (after)
  }
}

/** Forgets the key before. @throws Refused where the key has been rotated again meanwhile */
export async function forgetOlder(
  db: Database,
  seals: Seals,
  result: Resealed,
  act: Act<null>,
): Promise<void> {
  const { older: _, ...ring } = ringOf(seals)
  await db.atomically((tx) => [
    replaceRing(tx, ringOf(seals), ring),
    logAct(tx, act, 'keys.finish_rotation', ringRow, { ...result }),
  ])
  await followRing(db, seals)
}

function ringOf({ ring }: Seals): KeyRing {
  if (!ring) throw new Error('the database has not been asked for its keys')
  return ring
}

interface Row {
  sealed: string
  first: string | number
  second: string | number
}

/** In the order of their keys, so that those which do not open are passed over. */
async function sealedBefore(
  query: Query,
  { key }: Seals,
  { table, column, keys: [first, second] }: SealedColumn,
  after: Row | undefined,
): Promise<Row[]> {
  const isBehind: SQL | undefined =
    after && or(gt(first, after.first), and(eq(first, after.first), gt(second, after.second)))
  const rows = await query
    .select({ sealed: column, first, second })
    .from(table)
    .where(and(isNotNull(column), notLike(column, `${algorithm}.${key.id}.%`), isBehind))
    .orderBy(asc(first), asc(second))
    .limit(batch)
  return rows as Row[]
}

/** null where it does not open. */
function sealedAnew(seals: Seals, { placeOf }: SealedColumn, row: Row): { row: Row; sealed: string } | null {
  const place = placeOf([String(row.first), String(row.second)])
  try {
    return { row, sealed: seals.seal(seals.open(row.sealed, place), place) }
  } catch (error) {
    if (error instanceof BrokenSeal) return null
    throw error
  }
}

/** Only what it was when it was read: it may have been changed or removed since. */
function replace(tx: Query, { table, column, property, keys }: SealedColumn, row: Row, sealed: string) {
  const [first, second] = keys
  return tx
    .update(table)
    .set({ [property]: sealed })
    .where(and(eq(first, row.first), eq(second, row.second), eq(column, row.sealed)))
}
