import { and, asc, desc, eq, isNotNull } from 'drizzle-orm'
import { printLabel } from '../../../server/text/outlining/print.ts'
import { nameClauses } from '../../../server/text/words/clause-names.ts'
import type { Database } from '../../database.ts'
import { rounds, units } from '../../schema/index.ts'

/** A clause of any round, as it reads in the newest round that has it. */
export interface OrderedClause {
  key: string
  round: number
  /** The number with the gap before its words; null where it has none. */
  label: string | null
  citation: string
  /** What readers call it: （八）建设完善现代化基础设施. */
  name: string
  text: string
}

/**
 * Every clause on which comments may stand, in document order of the newest published round;
 * clauses that later rounds dropped follow, so that their comments are never left out.
 */
export async function orderedClauses(db: Database, consultationId: string): Promise<OrderedClause[]> {
  const { kind, key, label, citation, heading, text } = units
  const rows = await db.query
    .select({ round: rounds.number, kind, key, label, citation, heading, text })
    .from(units)
    .innerJoin(rounds, eq(rounds.id, units.roundId))
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt)))
    .orderBy(desc(rounds.number), asc(units.position))
  const newest = new Map<string, OrderedClause>()
  for (const number of new Set(rows.map(({ round }) => round))) {
    const round = rows.filter((row) => row.round === number)
    const names = nameClauses(round)
    for (const { key, label, citation, text } of round) {
      if (key === null || newest.has(key)) continue
      newest.set(key, {
        key,
        round: number,
        label: label && printLabel(label),
        citation,
        name: names.get(key)?.name ?? citation,
        text,
      })
    }
  }
  return [...newest.values()]
}
