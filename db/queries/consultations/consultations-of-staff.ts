import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { consultations, staffRoles } from '../../schema/index.ts'
import type { Consultation } from './consultations.ts'

type OfStaff = ReturnType<typeof ofStaff>

/** By the roles, of which there are as many lists as there are pages that ask. */
const statements = new Map<string, OfStaff>()

/** The consultations in which a member of staff has one of the roles, the newest opening first. */
export async function consultationsOfStaff(
  db: Database,
  staffId: string,
  roles: readonly string[],
): Promise<Consultation[]> {
  const known = statements.get(roles.join()) ?? ofStaff(roles)
  statements.set(roles.join(), known)
  const rows = await known(db).execute({ staffId })
  return rows.map((row) => row.consultation)
}

function ofStaff(roles: readonly string[]) {
  const { staffId, role, consultationId } = staffRoles
  return prepared(`consultations_of_${roles.join('_')}`, (query) =>
    query
      .selectDistinct({ consultation: consultations })
      .from(consultations)
      .innerJoin(staffRoles, or(eq(consultationId, consultations.id), eq(consultationId, '*')))
      .where(and(eq(staffId, sql.param(sql.placeholder('staffId'), staffId)), inArray(role, [...roles])))
      .orderBy(desc(consultations.opensAt), desc(consultations.id)),
  )
}
