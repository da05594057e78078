import { and, eq, sql } from 'drizzle-orm'
import { must, type Query, type RowsOfEach, reasonOf, type Statement } from '../atomically.ts'
import type { Database } from '../database.ts'
import { filled } from '../filled.ts'
import { heldRow } from '../held-row.ts'
import { Refused } from '../refused.ts'
import { settings } from '../schema/index.ts'
import { checkPlace, type KeyRing, type Seals, UnknownKey } from './sealed.ts'

/** The row by which the database knows its keys. */
export const ringRow = checkPlace.row

/** A list meets a rotation once; that it meets a second one as well is as good as impossible. */
const attempts = 3

/** null: the database is older than this row. */
export async function storedRing(db: Pick<Database, 'query'>): Promise<KeyRing | null> {
  const [row] = await db.query.select().from(settings).where(eq(settings.key, ringRow))
  return row ? asRing(row.value) : null
}

/** Whether the database's key, as it is now, is at hand; it is used from then on. null: the database has none yet. */
export async function followRing(db: Pick<Database, 'query'>, seals: Seals): Promise<boolean | null> {
  const ring = await storedRing(db)
  return ring && seals.take(ring)
}

/** The statements that put one ring in the place of the other. Whoever does the same at once, and is later, is refused. */
export function replaceRing(tx: Pick<Query, 'update'>, from: KeyRing, to: KeyRing) {
  const replacing = must(
    'stale',
    tx
      .update(settings)
      .set({ value: { ...to } })
      .where(and(eq(settings.key, ringRow), eq(settings.value, { ...from })))
      .returning({ key: settings.key }),
  )
  rekeying.add(replacing)
  return replacing
}

const rekeying = new WeakSet<object>()

/** Whether a list minds the key by itself: it ends by the check that it is the database's still, or replaces it. */
export function mindsKey(statements: readonly object[]): boolean {
  return statements.some((statement) => rekeying.has(statement) || reasonOf(statement) === 'rekeyed')
}

/**
 * Runs a list in which something is sealed: all of it with the key that is the database's when the list ends. Where that
 * has been rotated since this node looked, the list is built anew, so that nothing is ever stored under a key whose
 * values have been sealed anew already.
 * @throws UnknownKey where the database's key is not at hand any more
 */
export async function atomicallySealed<const Statements extends readonly Statement[]>(
  db: Database,
  seals: Seals,
  build: (tx: Query) => Statements,
): Promise<RowsOfEach<Statements>> {
  const rows: unknown[] = await retryingRekeyed(db, seals, () =>
    db.atomically((tx) => [...build(tx), ...underThisKey(tx, seals)]),
  )
  return rows as RowsOfEach<Statements>
}

/**
 * Does again, with the key that is the database's now, what was refused because that was rotated meanwhile.
 * @param isWorth asked where it was refused
 * @throws UnknownKey where the database's key is not at hand any more
 */
export async function retryingRekeyed<Result>(
  db: Pick<Database, 'query'>,
  seals: Seals,
  work: () => Promise<Result>,
  isWorth = () => true,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const again = error instanceof Refused && error.why === 'rekeyed' && isWorth() && attempt < attempts
      if (!again) throw error
    }
    if (!(await followRing(db, seals))) throw new UnknownKey(checkPlace)
  }
}

/**
 * The statement that refuses its list where the key has been rotated, and lets nobody rotate it until the list ends. Last
 * in the list, so that a rotation waits for a moment only. None where nobody has asked the database for its key.
 */
export function underThisKey(tx: Pick<Query, 'select'>, { ring }: Seals) {
  return ring ? [must('rekeyed', isRing(tx, { ring: { ...ring } }))] : []
}

const isRing = filled((tx: Pick<Query, 'select'>, { ring }: { ring: Record<string, unknown> }) =>
  heldRow(
    tx
      .select({ key: settings.key })
      .from(settings)
      .where(and(eq(settings.key, ringRow), eq(settings.value, sql.param(ring, settings.value)))),
  ),
)

/** Its parts in the order in which they are stored, which is part of the text that SQLite compares. */
function asRing(value: Record<string, unknown>): KeyRing {
  const parts = Object.entries(value).map(([part, sealed]) => [part, String(sealed)] as const)
  const ring: Partial<KeyRing> = Object.fromEntries(parts)
  return { ...ring, sealed: ring.sealed ?? '' }
}
