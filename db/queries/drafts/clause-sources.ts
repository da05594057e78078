import { and, asc, eq, gt, isNotNull, lte } from 'drizzle-orm'
import { isRelation, type Relation } from '../../../server/rules/drafts/clause-relations.ts'
import { traceKeys } from '../../../server/rules/drafts/trace-keys.ts'
import type { Database } from '../../database.ts'
import { mappings, rounds, units } from '../../schema/index.ts'

/** Where the clauses of a later round come from in an earlier one, by their positions. */
interface ClauseSources {
  sources: Map<number, string[]>
  /** What a person confirmed; only between rounds that follow one another. */
  relations: Map<number, Relation>
}

/**
 * Follows the confirmed mappings from round `from` to round `to`, both published and `from` before `to`.
 * @returns for each clause of `to` the keys of `from` whose text it carries on
 */
export async function clauseSources(
  db: Database,
  consultationId: string,
  from: number,
  to: number,
): Promise<ClauseSources> {
  const rows = await db.query
    .select({
      round: rounds.number,
      position: mappings.position,
      relation: mappings.relation,
      from: mappings.from,
      key: units.key,
    })
    .from(mappings)
    .innerJoin(rounds, eq(rounds.id, mappings.roundId))
    .innerJoin(units, and(eq(units.roundId, mappings.roundId), eq(units.position, mappings.position)))
    .where(
      and(
        eq(rounds.consultationId, consultationId),
        isNotNull(rounds.publishedAt),
        gt(rounds.number, from),
        lte(rounds.number, to),
      ),
    )
    .orderBy(asc(rounds.number), asc(mappings.position))
  const carried = rows.map((row) => ({ ...row, key: row.key ?? '' }))
  const follow = new Set(rows.map(({ round }) => round)).size === 1
  const told = follow ? rows : []
  return {
    sources: traceKeys(carried),
    relations: new Map(
      told.flatMap(({ position, relation }) => (isRelation(relation) ? [[position, relation]] : [])),
    ),
  }
}
