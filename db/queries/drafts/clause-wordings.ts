import { and, asc, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { rounds, units } from '../../schema/index.ts'

/** A clause as it reads in one published round. */
interface ClauseWording {
  round: number
  label: string | null
  citation: string
  text: string
}

/** How a clause reads in each published round that has it, the first round first. */
export function clauseWordings(db: Database, consultationId: string, key: string): Promise<ClauseWording[]> {
  const { label, citation, text } = units
  return db.query
    .select({ round: rounds.number, label, citation, text })
    .from(units)
    .innerJoin(rounds, eq(rounds.id, units.roundId))
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt), eq(units.key, key)))
    .orderBy(asc(rounds.number))
}

/** The number of the newest published round that has a clause; null where none has it. */
export async function lastRoundWith(
  db: Database,
  consultationId: string,
  key: string,
): Promise<number | null> {
  const [row] = await db.query
    .select({ number: rounds.number })
    .from(units)
    .innerJoin(rounds, eq(rounds.id, units.roundId))
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt), eq(units.key, key)))
    .orderBy(desc(rounds.number))
    .limit(1)
  return row?.number ?? null
}
