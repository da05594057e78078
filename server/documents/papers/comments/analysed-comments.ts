import { answersTo, type GivenAnswer } from '../../../../db/queries/answers/answers.ts'
import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import { type AnalysedPoint, analysedPoints } from '../../../../db/queries/points/analysed-points.ts'
import type { PaperRequest } from '../paper-request.ts'

/** A comment with what the office has made of it. */
export interface AnalysedComment {
  comment: ReadComment
  /** None where none of it asks for anything. */
  points: AnalysedPoint[]
  /** null where there is none, or the public is not told yet. */
  answer: GivenAnswer | null
}

const together = 250

type Reading = Pick<PaperRequest, 'db' | 'scope' | 'consultation'>

/** The comments as they come, each with what the office has made of it. */
export async function* analysed(
  request: Reading,
  comments: AsyncIterable<ReadComment>,
): AsyncGenerator<AnalysedComment> {
  let page: ReadComment[] = []
  for await (const comment of comments) {
    page.push(comment)
    if (page.length < together) continue
    yield* analysedPage(request, page)
    page = []
  }
  yield* analysedPage(request, page)
}

async function* analysedPage(request: Reading, page: ReadComment[]): AsyncGenerator<AnalysedComment> {
  const { db } = request
  const ids = page.map(({ id }) => id)
  const [points, answers] = await Promise.all([
    analysedPoints(db, page),
    answersTo(db, isTold(request) ? ids : []),
  ])
  for (const comment of page)
    yield { comment, points: points.get(comment.id) ?? [], answer: answers.get(comment.id) ?? null }
}

/** Answers are made known to the public with the outcome. */
export function isTold({ scope, consultation }: Pick<Reading, 'scope' | 'consultation'>): boolean {
  return scope !== 'public' || consultation.outcomeAt !== null
}
