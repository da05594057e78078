import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { concerns } from '../../schema/index.ts'
import { type Concern, type ConcernFilters, concernRows, concernsMeant } from './concerns.ts'

/** How many concerns each clause has of those that are meant; a clause without any is not in it. */
export async function concernCounts(
  db: Database,
  consultationId: string,
  filters: ConcernFilters,
): Promise<Map<string, number>> {
  const { clause } = concerns
  const rows = await db.query
    .select({ clause, count: count() })
    .from(concerns)
    .where(and(eq(concerns.consultationId, consultationId), concernsMeant(filters)))
    .groupBy(clause)
  return new Map(rows.map(({ clause, count }) => [clause, count]))
}

/**
 * One page of a consultation's concerns that are meant, in document order, the weightiest of each clause first.
 * @param clauses the keys of the clauses that have any, in document order
 * @param after the last of the page before, by its id; one that is gone begins anew
 */
export async function concernPage(
  db: Database,
  consultationId: string,
  clauses: string[],
  { after, limit, ...filters }: { after: string | null; limit: number } & Omit<ConcernFilters, 'clause'>,
): Promise<Concern[]> {
  const [last] = after === null ? [] : await db.query.select().from(concerns).where(eq(concerns.id, after))
  const page: Concern[] = []
  for (const clause of clauses.slice(last ? Math.max(clauses.indexOf(last.clause), 0) : 0)) {
    const meant = concernsMeant({ ...filters, clause })
    const behind =
      last?.clause === clause
        ? sql`(${concerns.count} < ${last.count} or (${concerns.count} = ${last.count} and ${concerns.id} > ${last.id}))`
        : undefined
    const rows = await concernRows(db)
      .where(and(eq(concerns.consultationId, consultationId), meant, behind))
      .orderBy(desc(concerns.count), asc(concerns.id))
      .limit(limit - page.length)
    page.push(...rows)
    if (page.length === limit) break
  }
  return page
}

/** The concerns that most points say, of a consultation, or of one clause or theme of it. */
export function weightiestConcerns(
  db: Database,
  consultationId: string,
  { clause, theme }: { clause: string | null; theme: string | null },
  limit: number,
): Promise<Concern[]> {
  return concernRows(db)
    .where(
      and(
        eq(concerns.consultationId, consultationId),
        clause === null ? undefined : eq(concerns.clause, clause),
        theme === null ? undefined : eq(concerns.themeId, theme),
      ),
    )
    .orderBy(desc(concerns.count), asc(concerns.id))
    .limit(limit)
}
