/** Asia/Shanghai is 8 hours ahead of UTC all the year round, since 1991 without summer time. In milliseconds. */
export const shanghaiOffset = 8 * 60 * 60 * 1000

/** `2026-11-23`, the calendar day in Shanghai. */
export function shanghaiDay(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 10)
}

/** `2026-11-23 14:05:09`, for records in which the order of acts matters. */
export function shanghaiSecond(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 19).replace('T', ' ')
}

/** `2026-11-23 14:05`, the time on the wall in Shanghai, as government sites print it (国办发〔2017〕47号). */
export function shanghaiMinute(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 16).replace('T', ' ')
}
