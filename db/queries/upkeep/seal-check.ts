import { desc, isNotNull } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { staff, submissions } from '../../schema/index.ts'
import { BrokenSeal, type Seals } from '../../sealed.ts'

/** Whether this key opens what is sealed in the database; true where nothing is. */
export async function opensSeals(db: Database, seals: Seals): Promise<boolean> {
  const [member] = await db.query
    .select({ row: staff.id, sealed: staff.totpSecret })
    .from(staff)
    .where(isNotNull(staff.totpSecret))
    .orderBy(desc(staff.id))
    .limit(1)
  const [person] = await db.query
    .select({ row: submissions.id, sealed: submissions.contact })
    .from(submissions)
    .where(isNotNull(submissions.contact))
    .orderBy(desc(submissions.id))
    .limit(1)
  try {
    if (member?.sealed) seals.open(member.sealed, { table: 'staff', column: 'totp_secret', row: member.row })
    if (person?.sealed)
      seals.open(person.sealed, { table: 'submissions', column: 'contact', row: person.row })
    return true
  } catch (error) {
    if (error instanceof BrokenSeal) return false
    throw error
  }
}
