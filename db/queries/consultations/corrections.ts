import { asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { corrections, rounds } from '../../schema/index.ts'
import type { Round } from '../drafts/rounds.ts'
import { type Consultation, raiseRevision } from './consultations.ts'

interface Correction {
  round: number
  /** The key of the clause that it corrects, `h` and the position of a heading, or `title`. */
  place: string
  /** What the round calls it. */
  name: string
  before: string
  after: string
  reason: string
  createdAt: Date
}

/** Every 更正 of a consultation's published rounds, the first first. */
export function correctionsOf(db: Database, consultationId: string): Promise<Correction[]> {
  const { place, name, before, after, reason, createdAt } = corrections
  return db.query
    .select({ round: rounds.number, place, name, before, after, reason, createdAt })
    .from(corrections)
    .innerJoin(rounds, eq(rounds.id, corrections.roundId))
    .where(eq(rounds.consultationId, consultationId))
    .orderBy(asc(corrections.id))
}

/** Makes an error in a published round known; the round itself stays as it is. */
export async function correct(
  db: Database,
  { id: consultationId }: Consultation,
  round: Round,
  { place, name, before, after, reason }: Omit<Correction, 'round' | 'createdAt'>,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.insert(corrections).values({
      id: uuid(),
      roundId: round.id,
      place,
      name,
      before,
      after,
      reason,
      staffId: act.staffId,
      createdAt: act.now,
    }),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'round.correct', consultationId, { round: round.number, place }),
  ])
}
