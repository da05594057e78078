import { type PublicAnswer, publicAnswers } from '../../../db/queries/answers/public-answers.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { Scope } from '../scope.ts'

/** What became of the comments of a page, by their ids: made known with the outcome. */
export async function answersShown(
  { db }: Dependencies,
  { consultation }: Scope,
  comments: readonly { id: string }[],
): Promise<Map<string, PublicAnswer>> {
  if (consultation.outcomeAt === null) return new Map()
  return publicAnswers(
    db,
    comments.map(({ id }) => id),
  )
}
