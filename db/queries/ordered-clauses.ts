import { and, asc, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { rounds, units } from '../schema/index.ts'

/** A clause of any round, as it reads in the newest round that has it. */
export interface OrderedClause {
  key: string
  round: number
  label: string | null
  citation: string
  heading: string | null
  text: string
}

/**
 * Every clause on which comments may stand, in document order of the newest published round;
 * clauses that later rounds dropped follow, so that their comments are never left out.
 */
export async function orderedClauses(db: Database, consultationId: string): Promise<OrderedClause[]> {
  const { key, label, citation, heading, text } = units
  const rows = await db.query
    .select({ key, round: rounds.number, label, citation, heading, text })
    .from(units)
    .innerJoin(rounds, eq(rounds.id, units.roundId))
    .where(
      and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt), isNotNull(units.key)),
    )
    .orderBy(desc(rounds.number), asc(units.position))
  const newest = new Map<string, OrderedClause>()
  for (const row of rows) {
    if (row.key !== null && !newest.has(row.key)) newest.set(row.key, { ...row, key: row.key })
  }
  return [...newest.values()]
}
