import { and, asc, desc, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database } from '../../open.ts'
import { rounds } from '../../schema/index.ts'
import type { Round } from '../consultations/consultations.ts'
import { roundUnits, type StoredUnit } from './units.ts'

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
