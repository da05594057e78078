import { and, asc, eq, exists, inArray, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { ProposedWording } from '../../../server/text/comparing/proposed-difference.ts'
import { proposedWordings } from '../../../server/text/words/proposed-wordings.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  concerns,
  endorsementCounts,
  isProposing,
  points,
  responseComments,
  responses,
  splits,
  submissions,
} from '../../schema/index.ts'
import { standingEndorsements } from '../comments/endorsements.ts'

/** What an admitted comment, or one point of it, proposes that a clause should say. */
export interface Proposing {
  /** One of a comment, one or several of a point. */
  wordings: ProposedWording[]
  /** The point's; null where it is the whole comment's. */
  pointId: string | null
  /** The comment's public id. */
  id: string
  /** The round on which it was said. */
  round: number
  /** What the comment or the point says. */
  body: string
  maskedName: string | null
  endorsements: number
  concern: { id: string; sentence: string } | null
  /** What was answered to it, once that is approved. */
  outcome: string | null
}

/**
 * What is proposed for a clause, as it came in: by comments that chose it, as far as they were not parted for other clauses
 * alone, then by points that are about it (涉及条款), whatever clause their comment chose.
 */
export async function proposalsOn(
  db: Database,
  consultationId: string,
  clause: string,
  most: number,
): Promise<Proposing[]> {
  const [whole, parts] = await Promise.all([
    proposedByComments(db, consultationId, clause, most),
    proposedByPoints(db, consultationId, clause, most),
  ])
  return [...whole, ...parts].slice(0, most)
}

async function proposedByComments(
  db: Database,
  consultationId: string,
  clause: string,
  most: number,
): Promise<Proposing[]> {
  const { id, publicId, body, proposal, wording, quote } = comments
  // Looked up for the few that are read: joined, PostgreSQL would read all answers to put them in order.
  const answered = db.query
    .select({ outcome: responses.outcome })
    .from(responseComments)
    .innerJoin(responses, isAnswer(responseComments.responseId))
    .where(eq(responseComments.commentId, id))
  const parted = db.query.select({ outcome: splits.outcome }).from(splits).where(eq(splits.commentId, id))
  const rows = await db.query
    .select({
      id: publicId,
      round: comments.round,
      ...{ body, proposal, wording, quote },
      maskedName: submissions.maskedName,
      endorsements: standingEndorsements(),
      outcome: sql<string | null>`coalesce((${answered}), (${parted}))`,
    })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(endorsementCounts, eq(endorsementCounts.commentId, id))
    .where(
      and(
        eq(comments.consultationId, consultationId),
        eq(comments.clause, clause),
        isProposing,
        or(not(hasPoint(db.query)), hasPoint(db.query, clause)),
      ),
    )
    .orderBy(asc(id))
    .limit(most)
  return rows.map(({ proposal, wording, quote, ...row }) => ({
    ...row,
    wordings: [{ proposal, wording, quote }],
    pointId: null,
    concern: null,
  }))
}

async function proposedByPoints(
  db: Database,
  consultationId: string,
  clause: string,
  most: number,
): Promise<Proposing[]> {
  const { proposal, wording, quote, body } = comments
  const rows = await db.query
    .select({
      pointId: points.id,
      id: comments.publicId,
      round: comments.round,
      body: sql<string>`substr(${body}, ${points.start} + 1, ${points.end} - ${points.start})`,
      own: { proposal, wording, quote },
      /** All of the comment's points left the clause that it chose: what it proposes came along. */
      brought: sql<boolean>`(${ne(comments.clause, points.clause)} and ${not(
        hasPoint(db.query, comments.clause),
      )})`.mapWith(Boolean),
      maskedName: submissions.maskedName,
      concern: { id: concerns.id, sentence: concerns.sentence },
      outcome: responses.outcome,
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(concerns, eq(concerns.id, points.concernId))
    .leftJoin(responses, isAnswer(points.responseId))
    .where(
      and(
        eq(points.consultationId, consultationId),
        eq(points.clause, clause),
        // Without a parameter, as the index is told it.
        sql`${points.proposes} and ${points.kind} = 'point'`,
        inArray(comments.state, [...admittedStates]),
      ),
    )
    .orderBy(asc(points.id))
    .limit(most)
  return rows.flatMap(({ own, brought, ...point }) => {
    const wordings = [...(brought && own.proposal ? [own] : []), ...proposedWordings(point.body)]
    return wordings.length > 0 ? [{ ...point, wordings, endorsements: 0 }] : []
  })
}

function isAnswer(id: typeof points.responseId | typeof responseComments.responseId) {
  return and(eq(responses.id, id), eq(responses.state, 'approved'))
}

const own = alias(points, 'own_point')

/** The comment was parted into points; into some on this clause, where it is named. */
function hasPoint(tx: Pick<Query, 'select'>, clause?: string | typeof comments.clause): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(own)
      .where(
        and(
          eq(own.commentId, comments.id),
          eq(own.kind, 'point'),
          clause === undefined ? undefined : eq(own.clause, clause),
        ),
      ),
  )
}
