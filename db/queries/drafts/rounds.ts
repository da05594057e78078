import { and, asc, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../open.ts'
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
export async function findRound(
  db: Database,
  consultationId: string,
  number: number,
): Promise<RoundWithUnits | null> {
  const [round] = await db.query
    .select()
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), eq(rounds.number, number)))
    .limit(1)
  return round ? { ...round, units: await roundUnits(db, round.id) } : null
}

/** The published round before `number`, which its clauses came out of; null for the first. */
export async function roundBefore(
  db: Database,
  consultationId: string,
  number: number,
): Promise<RoundWithUnits | null> {
  const [round] = await db.query
    .select()
    .from(rounds)
    .where(
      and(
        eq(rounds.consultationId, consultationId),
        lt(rounds.number, number),
        isNotNull(rounds.publishedAt),
      ),
    )
    .orderBy(desc(rounds.number))
    .limit(1)
  return round ? { ...round, units: await roundUnits(db, round.id) } : null
}

/** The newest published round of a consultation, with its units in document order. */
export async function currentRound(db: Database, consultationId: string): Promise<RoundWithUnits | null> {
  const [round] = await db.query
    .select()
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt)))
    .orderBy(desc(rounds.number))
    .limit(1)
  if (!round) return null
  return { ...round, units: await roundUnits(db, round.id) }
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
