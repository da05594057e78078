const hours = 60 * 60 * 1000

/** A comment should be judged within this time of coming in, and is shown as late when it is nearly over. */
export const reviewTerm = { hours: 72, lateAfter: 48 }

/** What came in at or before this moment is late in review. */
export function lateBefore(now: Date): Date {
  return new Date(now.getTime() - reviewTerm.lateAfter * hours)
}

/** `2 天 4 小时`, how long something has waited. */
export function waited(since: Date, now: Date): string {
  const all = Math.max(0, Math.floor((now.getTime() - since.getTime()) / hours))
  const [days, rest] = [Math.floor(all / 24), all % 24]
  return days > 0 ? `${days} 天 ${rest} 小时` : `${rest} 小时`
}
