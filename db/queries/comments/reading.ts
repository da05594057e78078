import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import type { Database } from '../../database.ts'
import { comments, endorsementCounts, intakes, submissions } from '../../schema/index.ts'
import { covered } from './covered-texts.ts'
import { standingEndorsements } from './endorsements.ts'
import { readingConditions } from './reading-conditions.ts'

/** The last comment already read. Ids are in the order in which comments came in. */
export interface ReadingPlace {
  clause: string
  id: string
}

const columns = {
  id: comments.id,
  number: comments.number,
  clause: comments.clause,
  round: comments.round,
  stance: comments.stance,
  state: comments.state,
  version: comments.version,
  body: comments.body,
  proposal: comments.proposal,
  wording: comments.wording,
  quote: comments.quote,
  createdAt: comments.createdAt,
  publishedAt: comments.publishedAt,
  endorsements: standingEndorsements(),
  submissionId: submissions.id,
  receiptNumber: submissions.receiptNumber,
  channel: submissions.channel,
  identity: submissions.identity,
  name: submissions.name,
  maskedName: submissions.maskedName,
  organisation: submissions.organisation,
  contact: submissions.contact,
  region: submissions.region,
  visibility: submissions.visibility,
  late: intakes.late,
}

export type ReadComment = Awaited<ReturnType<typeof clauseComments>>[number]

/**
 * One page of a consultation's comments in document order, within a clause as they came in.
 * Goes from clause to clause, so that the index gives each one's comments without sorting a million.
 * @param clauses the clauses' keys in document order
 */
export async function commentsInOrder(
  db: Database,
  consultationId: string,
  clauses: string[],
  filters: ReadingFilters,
  after: ReadingPlace | null,
  limit: number,
): Promise<ReadComment[]> {
  const page: ReadComment[] = []
  const start = after ? clauses.indexOf(after.clause) : 0
  for (const clause of clauses.slice(Math.max(start, 0))) {
    const afterId = clause === after?.clause ? after.id : null
    page.push(
      ...(await clauseComments(db, consultationId, { ...filters, clause }, afterId, limit - page.length)),
    )
    if (page.length === limit) break
  }
  return page
}

/**
 * All of them, page by page: the reader's pace is the database's. SQLite answers without waiting, so between two pages
 * everybody else gets a turn.
 */
export async function* everyComment(
  db: Database,
  consultationId: string,
  clauses: string[],
  filters: ReadingFilters,
  pageSize = 250,
): AsyncGenerator<ReadComment> {
  let after: ReadingPlace | null = null
  while (true) {
    const page: ReadComment[] = await commentsInOrder(db, consultationId, clauses, filters, after, pageSize)
    yield* page
    await setImmediate()
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = { clause: last.clause, id: last.id }
  }
}

async function clauseComments(
  db: Database,
  consultationId: string,
  filters: ReadingFilters,
  afterId: string | null,
  limit: number,
) {
  const rows = await db.slow
    .select(columns)
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(intakes, eq(intakes.submissionId, comments.submissionId))
    .leftJoin(endorsementCounts, eq(endorsementCounts.commentId, comments.id))
    .where(
      and(
        readingConditions(db.query, consultationId, filters),
        afterId ? gt(comments.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(comments.id))
    .limit(limit)
  return covered(db, rows)
}
