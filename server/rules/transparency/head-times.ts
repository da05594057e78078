import { shanghaiDay, startOfHour } from '../days.ts'

/** When heads of 提交存证 are published, as the office sets it. */
export const headTimeNames = {
  off: '关',
  closing: '截止时',
  daily: '每日',
  hourly: '每小时',
} as const
export type HeadTimes = keyof typeof headTimeNames

/** For whom a head may be due. */
export interface HeadsOf {
  headTimes: string
  closesAt: Date
  outcomeAt: Date | null
}

/** No two heads of an open consultation differ by fewer submissions: who sent what would be told by the figures. */
const fewest = 5
/** What was taken in the last moment may be stored a little later. In milliseconds. */
const grace = 60_000

/** So long what came in one after the other waits, to be taken up together: the order within it is then not told. */
const waits = { open: 10 * 60_000, closed: grace, late: 30 * 60_000 }

/** What came in, or closed, before this moment is taken up into the tree by now; `late`: and has been for some time. */
export function takenUpAfter(state: keyof typeof waits, now: Date): Date {
  return new Date(now.getTime() - waits[state])
}

/**
 * How many leaves the next head covers. Until closing the newest few are left to the next head, so that the head at
 * closing is not told apart by fewer either. A head follows at closing and one at the outcome, with all leaves.
 * @param last the newest head; null before the first
 * @param leaves how many there are
 * @returns null where no head is due
 */
export function dueSize(
  { headTimes, closesAt, outcomeAt }: HeadsOf,
  last: { size: number; at: Date } | null,
  leaves: number,
  now: Date,
): number | null {
  if (headTimes === 'off') return null
  const whole = [outcomeAt, closesAt].flatMap((moment) => (moment ? moment.getTime() + grace : []))
  const reached = whole.find((moment) => moment < now.getTime())
  if (reached && (!last || last.at.getTime() <= reached)) return leaves
  if (last && periodOf(headTimes, last.at) === periodOf(headTimes, now)) return null
  const settled = leaves - fewest
  return headTimes !== 'closing' && settled >= (last?.size ?? 0) + fewest ? settled : null
}

function periodOf(headTimes: string, moment: Date): string {
  return headTimes === 'hourly' ? startOfHour(moment).toISOString() : shanghaiDay(moment)
}

/**
 * Whether the public may see heads: never before it may read the comments, and where it may never, with the outcome.
 */
export function headsAreShown(
  {
    publicationPolicy,
    closesAt,
    outcomeAt,
  }: { publicationPolicy: string; closesAt: Date; outcomeAt: Date | null },
  now: Date,
): boolean {
  if (publicationPolicy === 'as_decided') return true
  return publicationPolicy === 'after_closing' ? now > closesAt : outcomeAt !== null
}
