const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago something was, in words: 3 小时前. */
export function writtenAgo(then: Date, now: Date): string {
  const passed = now.getTime() - then.getTime()
  if (passed < minute) return '刚刚'
  if (passed < hour) return `${Math.floor(passed / minute)} 分钟前`
  return passed < day ? `${Math.floor(passed / hour)} 小时前` : `${Math.floor(passed / day)} 天前`
}
