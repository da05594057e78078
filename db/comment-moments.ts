import { randomInt } from 'node:crypto'
import { shanghaiDay, startOfDay } from '../server/rules/days.ts'

const hour = 60 * 60 * 1000

/**
 * When each comment of a submission came in. What is sent together gets moments apart, anywhere in the hour before, on the
 * same day: ids and times are public, and moments that lie together would tell which comments are one person's. When it
 * really came stands with the submission, which is not public.
 */
export function withMoments<Part>(parts: Part[], now: Date): (Part & { moment: Date })[] {
  const begin = Math.max(now.getTime() - hour, startOfDay(shanghaiDay(now)).getTime())
  return parts.map((part) => ({
    ...part,
    moment: parts.length > 1 ? new Date(begin + randomInt(now.getTime() - begin + 1)) : now,
  }))
}
