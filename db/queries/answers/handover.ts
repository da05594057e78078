import { and, asc, count, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { everywhere } from '../../../server/rules/staff/roles.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { heldRow } from '../../held-row.ts'
import { consultations, responses, staff, staffRoles } from '../../schema/index.ts'

/** Roles in which somebody can go on with a draft. */
export const writingRoles = ['drafter', 'approver'] as const

/** In how many answers of a consultation somebody is not done with the draft. */
export interface DraftsIn {
  consultationId: string
  title: string
  count: number
}

/** The drafts of a member of staff, by consultation. */
export function draftsOf(db: Database, staffId: string): Promise<DraftsIn[]> {
  const { id, title } = consultations
  return db.query
    .select({ consultationId: id, title, count: count() })
    .from(consultations)
    .innerJoin(
      responses,
      and(eq(responses.consultationId, id), eq(responses.state, 'draft'), eq(responses.draftedBy, staffId)),
    )
    .groupBy(id, title)
    .orderBy(asc(title))
}

/**
 * Gives all drafts in a consultation of somebody whose account is disabled to another.
 * @throws Refused where the account is not disabled, has no drafts there, or the other may not write there
 */
export async function handOverDrafts(
  db: Database,
  consultationId: string,
  { from, to }: { from: string; to: string },
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      heldRow(
        tx
          .select({ id: staff.id })
          .from(staff)
          .where(and(eq(staff.id, from), isNotNull(staff.disabledAt))),
      ),
    ),
    must(
      'stale',
      heldRow(
        tx
          .select({ id: staff.id })
          .from(staff)
          .innerJoin(staffRoles, eq(staffRoles.staffId, staff.id))
          .where(
            and(
              eq(staff.id, to),
              isNull(staff.disabledAt),
              inArray(staffRoles.role, [...writingRoles]),
              inArray(staffRoles.consultationId, [consultationId, everywhere]),
            ),
          ),
      ),
    ),
    must(
      'stale',
      tx
        .update(responses)
        .set({ draftedBy: to })
        .where(
          and(
            eq(responses.consultationId, consultationId),
            eq(responses.state, 'draft'),
            eq(responses.draftedBy, from),
          ),
        )
        .returning({ id: responses.id }),
    ),
    logAct(tx, act, 'response.hand_over', from, { successor: to }),
  ])
}
