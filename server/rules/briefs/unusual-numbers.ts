import { startOfHour } from '../days.ts'
import type { UnusualNumbers } from './brief.ts'

/** An hour stands out in which so many 件 came, and so many times as many as in the middle one. */
const [leastInHour, timesUsual] = [20, 10]
/** A text stands out that came by so many. */
const leastAlike = 10
const listed = 5

/** What stands out, as the page prints it. */
export const unusualRule = `一小时内收到 ${leastInHour} 件以上，并且达到有来件各小时中位数的 ${timesUsual} 倍的，列出；${leastAlike} 件以上文字相同或者几乎相同的，列出。只说明数量，不说明原因，也不影响每一条意见的研究。网站不保存提交人的网络地址，所以不按地址统计。`

/** @param times when each submission came; `texts` how many persons sent each campaign, by its id */
export function unusualNumbers(times: readonly Date[], texts: ReadonlyMap<string, number>): UnusualNumbers {
  const hours = new Map<number, number>()
  for (const time of times) {
    const hour = startOfHour(time).getTime()
    hours.set(hour, (hours.get(hour) ?? 0) + 1)
  }
  const counts = [...hours.values()].sort((a, b) => a - b)
  const usual = counts[Math.floor((counts.length - 1) / 2)] ?? 0
  return {
    usual,
    hours: [...hours]
      .filter(([, count]) => count >= leastInHour && count >= timesUsual * usual)
      .sort(([a, m], [b, n]) => n - m || a - b)
      .slice(0, listed)
      .map(([from, submissions]) => ({ from: new Date(from).toISOString(), submissions })),
    texts: [...texts]
      .filter(([, people]) => people >= leastAlike)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, listed)
      .map(([campaign, people]) => ({ campaign, people })),
  }
}
