import { randomInt } from 'node:crypto'

const minute = 60_000

/**
 * When each comment of a submission came in. What is sent together gets moments apart, anywhere in the minute: ids and
 * times are public, and the same millisecond would tell which comments are one person's.
 */
export function withMoments<Part>(parts: Part[], now: Date): (Part & { moment: Date })[] {
  const begin = Math.floor(now.getTime() / minute) * minute
  return parts.map((part) => ({
    ...part,
    moment: parts.length > 1 ? new Date(begin + randomInt(minute)) : now,
  }))
}
