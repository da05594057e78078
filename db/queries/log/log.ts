import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import type { Database } from '../../database.ts'
import { log, staff } from '../../schema/index.ts'

export type LogEntry = typeof log.$inferSelect

export interface LogFilters {
  staffId: string | null
  act: ActName | null
  /** The number of an entry: only what was done to the same. */
  subject: number | null
}

/** A page of the log with who acted, the newest first, before the entry with this number. */
export function logEntries(
  db: Database,
  { staffId, act, subject }: LogFilters,
  before: number | null,
  size: number,
) {
  return db.query
    .select({ entry: log, by: staff.name })
    .from(log)
    .leftJoin(staff, eq(staff.id, log.staffId))
    .where(
      and(
        before === null ? gt(log.number, 0) : lt(log.number, before),
        staffId === null ? undefined : eq(log.staffId, staffId),
        act === null ? undefined : eq(log.act, act),
        subject === null ? undefined : eq(log.subject, subjectOf(db, subject)),
      ),
    )
    .orderBy(desc(log.number))
    .limit(size)
}

function subjectOf({ query }: Database, number: number) {
  return sql`(${query.select({ subject: log.subject }).from(log).where(eq(log.number, number))})`
}
