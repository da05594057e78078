import { and, asc, countDistinct, desc, eq, gt, isNotNull, lt, max, or } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { revisedWordings, rounds, units } from '../../schema/index.ts'

/** The clauses that do not read as they were put out: the office has reworded them, approved or not yet, or a later round has, or has dropped them. */
export async function changedClauses(db: Database, consultationId: string): Promise<Set<string>> {
  const isPublished = and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt))
  const newest = db.query
    .select({ number: max(rounds.number) })
    .from(rounds)
    .where(isPublished)
  const [reworded, later] = await Promise.all([
    db.query
      .selectDistinct({ clause: revisedWordings.clause })
      .from(revisedWordings)
      .where(eq(revisedWordings.consultationId, consultationId)),
    db.query
      .select({ clause: units.key })
      .from(units)
      .innerJoin(rounds, eq(rounds.id, units.roundId))
      .where(and(isPublished, isNotNull(units.key)))
      .groupBy(units.key)
      .having(or(lt(max(rounds.number), newest), gt(countDistinct(units.text), 1))),
  ])
  return new Set([...reworded, ...later].flatMap(({ clause }) => clause ?? []))
}

/** How the office has last reworded a clause, what waits for approval before what is approved, and of which round; null where it has not. */
export async function changedWording(
  db: Database,
  consultationId: string,
  key: string,
): Promise<{ round: number; text: string } | null> {
  const { round, clause, text, isApproved } = revisedWordings
  const [row] = await db.query
    .select({ round, text })
    .from(revisedWordings)
    .where(and(eq(revisedWordings.consultationId, consultationId), eq(clause, key)))
    .orderBy(desc(round), asc(isApproved))
    .limit(1)
  return row ?? null
}
