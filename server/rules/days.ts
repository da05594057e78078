/** A calendar day in Shanghai, `2026-11-23`; days compare as texts. */
export type Day = string

/** Asia/Shanghai is 8 hours ahead of UTC all the year round, since 1991 without summer time. In milliseconds. */
export const shanghaiOffset = 8 * 60 * 60 * 1000
const oneHour = 60 * 60 * 1000
const oneDay = 24 * oneHour

/** Whether `value` names a day that exists, between 2000 and 2099. */
export function isDay(value: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(value)) return false
  const instant = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value)
}

/** A day as people write it: 2026-11-23, 2026/11/3, 2026.11.23, 2026年11月23日, 20261123. null where it is none. */
export function readDay(written: string): Day | null {
  const text = written.normalize('NFKC').replace(/\s/g, '')
  const [, year = '', month = '', date = ''] =
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? []
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? day : null
}

/** The day that is `count` days after `day`, before it where `count` is negative. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * oneDay).toISOString().slice(0, 10)
}

/** How many days `to` is after `from`; negative where it is before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / oneDay)
}

/** Midnight in Shanghai, when `day` begins. */
export function startOfDay(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - shanghaiOffset)
}

/** The last millisecond of `day` in Shanghai: a closing day is inclusive. */
export function endOfDay(day: Day): Date {
  return new Date(startOfDay(day).getTime() + oneDay - 1)
}

/** When the hour of an instant began. */
export function startOfHour(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / oneHour) * oneHour)
}

/** `2026年11月23日`, as an official paper writes it. */
export function writtenDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** `2026-11-23`, the calendar day in Shanghai. The one that was asked for last is remembered: mostly it is today. */
export function shanghaiDay(instant: Date): Day {
  const time = instant.getTime() + shanghaiOffset
  const number = Math.floor(time / oneDay)
  if (number !== last.number) last = { number, day: new Date(time).toISOString().slice(0, 10) }
  return last.day
}

let last = { number: Number.NaN, day: '' }

/** `2026-11-23 14:05:09`, for records in which the order of acts matters. */
export function shanghaiSecond(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 19).replace('T', ' ')
}

/** `14:05:09`, for what happens within a minute. */
export function shanghaiClock(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(11, 19)
}

/** `2026-11-23 14:05`, the time on the wall in Shanghai, as government sites print it (国办发〔2017〕47号). */
export function shanghaiMinute(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 16).replace('T', ' ')
}
