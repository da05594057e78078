import { and, inArray } from 'drizzle-orm'
import { type Corrected, correctedOn } from '../../../server/rules/answers/correction-note.ts'
import type { Database } from '../../database.ts'
import { comments, isPublished } from '../../schema/index.ts'
import { answersTo, pointAccounts } from './answers.ts'

/** What became of a published comment, for whoever reads it. */
export interface PublicAnswer {
  outcome: string
  /** The comment's points in the order of its text, those alone that ask for something; one without `text` is all of it. */
  points: {
    text: string | null
    clause: string | null
    outcome: string
    reason: string
    corrected: Corrected | null
  }[]
}

/**
 * The answers to some published comments, by the comments' public ids; those that have none are not there. They are made
 * known with the outcome: whoever asks before does not ask here.
 * @param publicIds at most a page of them (1,000)
 */
export async function publicAnswers(
  db: Database,
  publicIds: readonly string[],
): Promise<Map<string, PublicAnswer>> {
  if (publicIds.length === 0) return new Map()
  const { id, publicId } = comments
  const rows = await db.query
    .select({ id, publicId })
    .from(comments)
    .where(and(inArray(publicId, [...publicIds]), isPublished))
  const ids = rows.map((row) => row.id)
  const accounts = await pointAccounts(db, ids)
  const answers = await answersTo(db, ids, accounts)
  return new Map(
    rows.flatMap((row) => {
      const answer = answers.get(row.id)
      if (!answer) return []
      const { outcome, reason } = answer
      const corrected = correctedOn(answer)
      const points = (accounts.get(row.id) ?? []).flatMap(({ text, clause, answer }) =>
        answer
          ? [
              {
                ...{ text: text.trim(), clause, outcome: answer.outcome, reason: answer.reason },
                corrected: correctedOn(answer),
              },
            ]
          : [],
      )
      const whole = { text: null, clause: null, outcome, reason, corrected }
      return [[row.publicId, { outcome, points: points.length > 0 ? points : [whole] }] as const]
    }),
  )
}
