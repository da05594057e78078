import type { Ruling } from '../../../server/rules/moderation/decision-form.ts'
import type { Database } from '../../database.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { gracePeriod } from '../settings.ts'
import type { CommentToJudge } from './comment-to-judge.ts'
import { decide } from './decisions.ts'
import { defer } from './due-decisions.ts'
import type { Examination } from './examinations.ts'
import type { Deciders } from './kept-decisions.ts'

/**
 * Decides a waiting comment: at once, or when the time in which it can be taken back is over.
 * @param seen the spans that the moderator saw
 * @returns when it takes effect; null where it has
 * @throws Refused for whoever comes too late
 */
export async function rule(
  db: Database,
  seals: Seals,
  comment: CommentToJudge,
  ruling: Ruling,
  seen: Examination,
  deciders: Deciders,
  now: Date,
): Promise<Date | null> {
  const seconds = await gracePeriod(db)
  if (seconds === 0) {
    await decide(db, seals, comment, ruling, seen, deciders, now)
    return null
  }
  const dueAt = new Date(now.getTime() + seconds * 1000)
  await defer(db, seals, comment, ruling, seen, deciders, { now, dueAt })
  return dueAt
}
