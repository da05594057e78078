import { and, asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Act } from '../../act.ts'
import type { Database } from '../../database.ts'
import { staff, staffNotes } from '../../schema/index.ts'

export interface StaffNote {
  id: string
  body: string
  author: string
  createdAt: Date
}

/** What staff have told one another about a clause, the oldest first. */
export function staffNotesOn(db: Database, consultationId: string, clause: string): Promise<StaffNote[]> {
  return db.query
    .select({ id: staffNotes.id, body: staffNotes.body, author: staff.name, createdAt: staffNotes.createdAt })
    .from(staffNotes)
    .innerJoin(staff, eq(staff.id, staffNotes.staffId))
    .where(and(eq(staffNotes.consultationId, consultationId), eq(staffNotes.clause, clause)))
    .orderBy(asc(staffNotes.id))
    .limit(200)
}

export async function addStaffNote(
  db: Database,
  consultationId: string,
  note: { clause: string; body: string },
  act: Act,
): Promise<void> {
  await db.query
    .insert(staffNotes)
    .values({ id: uuid(), consultationId, ...note, staffId: act.staffId, createdAt: act.now })
}
