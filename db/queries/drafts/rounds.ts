import { and, asc, desc, eq, isNotNull, isNull, lt, type SQL } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { rounds } from '../../schema/index.ts'
import { roundUnits, type StoredUnit } from './units.ts'

/** One text of a consultation, a draft or published. */
export type Round = typeof rounds.$inferSelect
export type RoundWithUnits = Round & { units: StoredUnit[] }

/** Every round of a consultation, drafts among them, the first first. */
export function roundsOf(db: Database, consultationId: string): Promise<Round[]> {
  return db.query
    .select()
    .from(rounds)
    .where(eq(rounds.consultationId, consultationId))
    .orderBy(asc(rounds.number))
}

/** One round with its units, published or not; null where there is none. */
export function findRound(
  db: Database,
  consultationId: string,
  number: number,
): Promise<RoundWithUnits | null> {
  return newestRound(db, consultationId, eq(rounds.number, number))
}

/** The published round before `number`, which its clauses came out of; null for the first. */
export function roundBefore(
  db: Database,
  consultationId: string,
  number: number,
): Promise<RoundWithUnits | null> {
  return newestRound(db, consultationId, and(lt(rounds.number, number), isNotNull(rounds.publishedAt)))
}

/** The newest published round of a consultation; null where none is. */
export function currentRound(db: Database, consultationId: string): Promise<RoundWithUnits | null> {
  return newestRound(db, consultationId, isNotNull(rounds.publishedAt))
}

/** The newest of these rounds, with its units in document order. */
async function newestRound(
  db: Database,
  consultationId: string,
  which: SQL | undefined,
): Promise<RoundWithUnits | null> {
  const [round] = await db.query
    .select()
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), which))
    .orderBy(desc(rounds.number))
    .limit(1)
  return round ? { ...round, units: await roundUnits(db, round.id) } : null
}

/** The statement that decides a change to a draft: it finds the round unpublished and as it was read, or nothing. */
export function changeDraft(
  tx: Pick<Query, 'update'>,
  { id, version }: Round,
  values: Partial<typeof rounds.$inferInsert>,
) {
  return tx
    .update(rounds)
    .set({ ...values, version: version + 1 })
    .where(and(eq(rounds.id, id), eq(rounds.version, version), isNull(rounds.publishedAt)))
    .returning({ id: rounds.id })
}
