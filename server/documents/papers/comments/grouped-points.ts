import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import type { AnalysedPoint } from '../../../../db/queries/points/analysed-points.ts'
import { admittedStates } from '../../../rules/answers/responses.ts'
import { type People, peopleOf } from '../../../rules/intakes/people.ts'
import type { PaperRequest } from '../paper-request.ts'
import { analysed, isTold } from './analysed-comments.ts'
import { personBehind } from './persons.ts'
import { PointGroups } from './point-groups.ts'
import { scopedComments } from './scoped-comments.ts'

/** All points of the admitted comments that the scope may hold and the filters let through, each in one group. */
export interface GroupedPoints {
  groups: PointGroups
  /** How many comments, and how many of them ask for nothing. */
  comments: number
  unasking: number
  /** Who sent them, and in how many submissions (件). */
  submissions: number
  people: People
}

/** @param mostSingle how many points of a clause are told one by one, beside those that are in a group with others */
export async function groupedPoints(request: PaperRequest, mostSingle: number): Promise<GroupedPoints> {
  const groups = new PointGroups(mostSingle)
  let comments = 0
  let unasking = 0
  const presences = new Map<string, number | null>()
  const told = isTold(request)
  for await (const { comment, points } of analysed(request, scopedComments(request, admittedStates))) {
    comments++
    presences.set(comment.submissionId, comment.present)
    if (points.length === 0) unasking++
    const person = personBehind(comment, request.scope, request.seals)
    const proposing = carrierOf(comment, points)
    for (const point of points) {
      groups.add({
        point: told ? point : { ...point, concern: null, answer: null },
        words: wordsOf(comment, point),
        comment: point === proposing ? comment : { ...comment, proposal: null },
        person,
      })
    }
  }
  const people = peopleOf(presences.values())
  return { groups, comments, unasking, submissions: presences.size, people }
}

function wordsOf({ body }: ReadComment, { id, start, end }: AnalysedPoint): string {
  return id === null ? body : [...body].slice(start, end ?? undefined).join('')
}

/** With which of its points a comment's own proposal stands: the first one on the clause that it was made on. */
function carrierOf({ clause }: ReadComment, points: AnalysedPoint[]): AnalysedPoint | undefined {
  return points.find((point) => point.clause === clause) ?? points[0]
}
