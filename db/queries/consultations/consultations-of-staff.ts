import { and, desc, eq, inArray, or } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { consultations, staffRoles } from '../../schema/index.ts'
import type { Consultation } from './consultations.ts'

/** The consultations in which a member of staff has one of the roles, the newest opening first. */
export async function consultationsOfStaff(
  db: Database,
  staffId: string,
  roles: readonly string[],
): Promise<Consultation[]> {
  const rows = await db.query
    .selectDistinct({ consultation: consultations })
    .from(consultations)
    .innerJoin(
      staffRoles,
      or(eq(staffRoles.consultationId, consultations.id), eq(staffRoles.consultationId, '*')),
    )
    .where(and(eq(staffRoles.staffId, staffId), inArray(staffRoles.role, [...roles])))
    .orderBy(desc(consultations.opensAt), desc(consultations.id))
  return rows.map((row) => row.consultation)
}
