import { and, asc, count, eq, inArray, min, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { responses, staff } from '../../schema/index.ts'

/** Answers that are not approved yet, of one person and in one state. */
export interface OpenAnswers {
  staffId: string
  name: string
  /** The account can sign in no more. */
  isDisabled: boolean
  state: 'draft' | 'submitted'
  count: number
  /** How many of them were sent back. */
  returned: number
  /** When the oldest was drafted; where they are submitted, when the first of them was. */
  since: Date | null
}

/** Who has drafts and who has submitted what waits for approval, by name. */
export async function openAnswers(db: Database, consultationId: string): Promise<OpenAnswers[]> {
  const { draftedBy, state, returnNote, createdAt, submittedAt } = responses
  const rows = await db.query
    .select({
      staffId: draftedBy,
      name: staff.name,
      disabledAt: staff.disabledAt,
      state,
      count: count(),
      returned: sql`sum(case when ${returnNote} is null then 0 else 1 end)`.mapWith(Number),
      drafted: min(createdAt),
      submitted: min(submittedAt),
    })
    .from(responses)
    .innerJoin(staff, eq(staff.id, draftedBy))
    .where(and(eq(responses.consultationId, consultationId), inArray(state, ['draft', 'submitted'])))
    .groupBy(draftedBy, staff.name, staff.disabledAt, state)
    .orderBy(asc(staff.name))
  return rows.map(({ disabledAt, state, drafted, submitted, ...row }) => ({
    ...row,
    isDisabled: disabledAt !== null,
    ...(state === 'submitted'
      ? { state: 'submitted' as const, since: submitted }
      : { state: 'draft' as const, since: drafted }),
  }))
}
