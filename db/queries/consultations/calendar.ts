import { asc, eq } from 'drizzle-orm'
import type { CalendarOverrides, DayKind } from '../../../server/rules/consultations/working-days.ts'
import type { Day } from '../../../server/rules/days.ts'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { calendarDays } from '../../schema/index.ts'

/** The days that the office's calendar has otherwise than the built-in one, in their order. */
export async function calendarOverrides(db: Database): Promise<CalendarOverrides> {
  const rows = await db.query.select().from(calendarDays).orderBy(asc(calendarDays.day))
  return new Map(rows.map(({ day, kind }) => [day, kind === 'workday' ? 'workday' : 'holiday']))
}

/** Makes a day worked or free, whatever the built-in calendar says. */
export async function setCalendarDay(db: Database, day: Day, kind: DayKind, act: Act): Promise<void> {
  await db.atomically((tx) => [
    tx
      .insert(calendarDays)
      .values({ day, kind })
      .onConflictDoUpdate({ target: calendarDays.day, set: { kind } }),
    logAct(tx, act, 'calendar.set', day, { kind }),
  ])
}

/** Leaves a day to the built-in calendar again. */
export async function clearCalendarDay(db: Database, day: Day, act: Act): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(calendarDays).where(eq(calendarDays.day, day)),
    logAct(tx, act, 'calendar.clear', day),
  ])
}
