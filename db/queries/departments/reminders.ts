import { and, desc, eq, inArray } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { log, staff } from '../../schema/index.ts'
import { type DepartmentOf, departmentIsOpen } from '../points/open-departments.ts'

/** 催办: somebody reminded a department of what it has not answered. The log alone keeps it. */
export interface Reminder {
  departmentId: string
  at: Date
  by: string
  /** How many comments it had not answered then. */
  unanswered: number
}

/** Notes that a department was reminded. @throws Refused where it is not there */
export async function remindDepartment(
  db: Database,
  department: DepartmentOf,
  unanswered: number,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    departmentIsOpen(tx, department),
    logAct(tx, act, 'department.remind', department.departmentId, { unanswered }),
  ])
}

/** When these departments were reminded, the last time first. */
export async function remindersOf(db: Database, departmentIds: string[]): Promise<Reminder[]> {
  if (departmentIds.length === 0) return []
  const rows = await db.query
    .select({ departmentId: log.subject, at: log.at, by: staff.name, detail: log.detail })
    .from(log)
    .innerJoin(staff, eq(staff.id, log.staffId))
    .where(and(inArray(log.subject, departmentIds), eq(log.act, 'department.remind')))
    .orderBy(desc(log.at))
  return rows.map(({ detail, ...row }) => ({ ...row, unanswered: Number(detail.unanswered) }))
}
