import { and, countDistinct, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import { everywhere, type Role } from '../../server/rules/staff/roles.ts'
import type { Database } from '../open.ts'
import { staff, staffRoles } from '../schema/index.ts'

/** How many enabled members of staff have a role in a consultation, but for some. */
export async function countWithRole(
  db: Database,
  role: Role,
  consultationId: string,
  but: ReadonlySet<string>,
): Promise<number> {
  const [row] = await db.query
    .select({ count: countDistinct(staff.id) })
    .from(staffRoles)
    .innerJoin(staff, eq(staff.id, staffRoles.staffId))
    .where(
      and(
        eq(staffRoles.role, role),
        inArray(staffRoles.consultationId, [consultationId, everywhere]),
        isNull(staff.disabledAt),
        but.size > 0 ? notInArray(staff.id, [...but]) : undefined,
      ),
    )
  return row?.count ?? 0
}
