import { desc, isNotNull, or } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { settings, signingKeys, staff, submissions } from '../../schema/index.ts'
import { followRing, ringRow } from '../../sealing/key-ring.ts'
import { BrokenSeal, firstRing, type SealedPlace, type Seals } from '../../sealing/sealed.ts'

/** Several of each kind, since one row may be damaged: whichever opens proves the key. */
const samples = 5

/**
 * Whether this key belongs to the database, or one that is at hand besides; that one is used from then on. The first that
 * does, or that comes before anything is sealed, is kept by a check value, and from then on no other will do.
 */
export async function adoptKey(db: Database, seals: Seals): Promise<boolean> {
  const belongs = await followRing(db, seals)
  if (belongs !== null) return belongs
  if (!(await opensASample(db, seals))) return false
  await db.query
    .insert(settings)
    .values({ key: ringRow, value: { ...firstRing(seals) } })
    .onConflictDoNothing()
  // Of two nodes that start with different keys, one was first.
  return opensSeals(db, seals)
}

/** Makes this key the database's, although it may not open what is sealed there: the right one is lost. */
export async function replaceLostKey(db: Database, seals: Seals, act: Act<null>): Promise<void> {
  const value = { ...firstRing(seals) }
  await db.atomically((tx) => [
    tx
      .insert(settings)
      .values({ key: ringRow, value })
      .onConflictDoUpdate({ target: settings.key, set: { value } }),
    // The next that signs makes another; what the lost one has signed stands.
    tx.update(signingKeys).set({ secret: null }),
    logAct(tx, act, 'keys.replace_lost', ringRow),
  ])
}

/** Whether a key that is at hand opens what is sealed in the database; true where nothing is. */
export async function opensSeals(db: Pick<Database, 'query'>, seals: Seals): Promise<boolean> {
  return (await followRing(db, seals)) ?? opensASample(db, seals)
}

async function opensASample(db: Pick<Database, 'query'>, seals: Seals): Promise<boolean> {
  const sealed = [...(await ofStaff(db)), ...(await ofPeople(db))]
  return sealed.length === 0 || sealed.some(({ text, place }) => opens(seals, text, place))
}

interface Sealed {
  text: string
  place: SealedPlace
}

async function ofStaff(db: Pick<Database, 'query'>): Promise<Sealed[]> {
  const rows = await db.query
    .select({ row: staff.id, secret: staff.totpSecret })
    .from(staff)
    .where(isNotNull(staff.totpSecret))
    .orderBy(desc(staff.id))
    .limit(samples)
  return rows.flatMap(({ row, secret }) => sealedIn('staff', row, { totp_secret: secret }))
}

async function ofPeople(db: Pick<Database, 'query'>): Promise<Sealed[]> {
  const { id, name, organisation, contact } = submissions
  const rows = await db.query
    .select({ id, name, organisation, contact })
    .from(submissions)
    .where(or(isNotNull(name), isNotNull(organisation), isNotNull(contact)))
    .orderBy(desc(id))
    .limit(samples)
  return rows.flatMap(({ id: row, ...values }) => sealedIn('submissions', row, values))
}

function sealedIn(table: string, row: string, values: Record<string, string | null>): Sealed[] {
  return Object.entries(values).flatMap(([column, text]) =>
    text === null ? [] : [{ text, place: { table, column, row } }],
  )
}

function opens(seals: Seals, text: string, place: SealedPlace): boolean {
  try {
    seals.open(text, place)
    return true
  } catch (error) {
    if (error instanceof BrokenSeal) return false
    throw error
  }
}
