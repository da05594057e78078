import { and, asc, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { concerns, departments, responses, staff, themes } from '../../schema/index.ts'

export type Concern = Awaited<ReturnType<typeof concernsOf>>[number]

const read = {
  id: concerns.id,
  sentence: concerns.sentence,
  clause: concerns.clause,
  themeId: concerns.themeId,
  departmentId: concerns.departmentId,
  dueOn: concerns.dueOn,
  count: concerns.count,
  createdAt: concerns.createdAt,
  theme: themes.name,
  department: departments.name,
  by: staff.name,
  response: {
    id: responses.id,
    outcome: responses.outcome,
    state: responses.state,
    reason: responses.reason,
  },
}

/** The concerns of a consultation, the weightiest of each clause first. */
export function concernsOf(db: Database, consultationId: string) {
  return concernRows(db)
    .where(eq(concerns.consultationId, consultationId))
    .orderBy(asc(concerns.clause), desc(concerns.count), asc(concerns.id))
}

/** What concerns can be narrowed to; null does not narrow. */
export interface ConcernFilters {
  clause: string | null
  theme: string | null
  department: string | null
}

export function concernsMeant({ clause, theme, department }: ConcernFilters): SQL | undefined {
  return and(
    clause === null ? undefined : eq(concerns.clause, clause),
    theme === null ? undefined : eq(concerns.themeId, theme),
    department === null ? undefined : eq(concerns.departmentId, department),
  )
}

/** Into which points can be put: the weightiest concerns of the same clause, theme or department. */
export function concernsAbout({ query }: Database, consultationId: string, filters: ConcernFilters) {
  const { id, sentence, count } = concerns
  return query
    .select({ id, sentence })
    .from(concerns)
    .where(and(eq(concerns.consultationId, consultationId), concernsMeant(filters)))
    .orderBy(desc(count), asc(id))
    .limit(mostAbout)
}

/** More are not chosen from a list; on the page of the concern itself points are put into it all the same. */
const mostAbout = 200

/** A concern; null where there is none of this id in this consultation. */
export async function findConcern(db: Database, consultationId: string, id: string): Promise<Concern | null> {
  const [row] = await concernRows(db).where(
    and(eq(concerns.id, id), eq(concerns.consultationId, consultationId)),
  )
  return row ?? null
}

/** What is read of concerns, to be narrowed and put in an order. */
export function concernRows({ query }: Database) {
  return query
    .select(read)
    .from(concerns)
    .innerJoin(staff, eq(staff.id, concerns.staffId))
    .leftJoin(themes, eq(themes.id, concerns.themeId))
    .leftJoin(departments, eq(departments.id, concerns.departmentId))
    .leftJoin(responses, eq(responses.id, newestAnswer))
}

/** A concern may be answered again, for points that joined it after its answer was approved. */
const newestAnswer = sql`(select max(${responses.id}) from ${responses} where ${responses.concernId} = ${concerns.id}
  and ${ne(responses.state, 'dropped')})`
