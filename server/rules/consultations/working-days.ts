import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, type Day } from '../days.ts'
import { asking, choice, day } from '../fields.ts'
import { form } from '../form.ts'

export const dayKinds = { workday: '上班', holiday: '放假' } as const
export type DayKind = keyof typeof dayKinds

/** A day that the office has otherwise than the built-in calendar. */
export const calendarForm = form({
  day: asking(day({ name: '日期' }), '请填写日期，例如 2027-10-01'),
  kind: choice(dayKinds, '请选择这一天放假还是上班'),
})

/** Days that the office's own calendar has otherwise than the built-in one. */
export type CalendarOverrides = ReadonlyMap<Day, DayKind>

/*
 * The library's table is read and not its functions: those find the weekday by the process's own time zone, so that
 * west of Greenwich they are a day off.
 */

/** The last year whose 节假日 and 调休, as the State Council announces them, are built in. */
export const lastAnnouncedYear = Number(Object.keys(announced.holidays).sort().at(-1)?.slice(0, 4))

/** Whether `day` is worked: the office's own calendar first, then the announced 节假日 and 调休, else Monday to Friday. */
export function isWorkingDay(day: Day, overrides: CalendarOverrides): boolean {
  const override = overrides.get(day)
  if (override) return override === 'workday'
  if (Object.hasOwn(announced.workdays, day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5 && !Object.hasOwn(announced.holidays, day)
}

/**
 * The working day that is `count` working days after `day`, which is not counted itself.
 * 民法典 art. 201: the day on which a period begins is not counted in.
 */
export function addWorkingDays(day: Day, count: number, overrides: CalendarOverrides): Day {
  let reached = day
  for (let left = count; left > 0; ) {
    reached = addDays(reached, 1)
    if (isWorkingDay(reached, overrides)) left--
  }
  return reached
}

/** How many working days follow `from`, up to and with `to`. */
export function workingDaysBetween(from: Day, to: Day, overrides: CalendarOverrides): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day, overrides)) count++
  }
  return count
}
