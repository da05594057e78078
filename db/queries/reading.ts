import { and, asc, eq, gt, inArray, notInArray, type SQL } from 'drizzle-orm'
import { admittedStates } from '../../server/rules/responses.ts'
import type { Database } from '../open.ts'
import {
  comments,
  commentThemes,
  endorsementCounts,
  intakes,
  responseComments,
  submissions,
} from '../schema/index.ts'
import { standingEndorsements } from './endorsements.ts'

/** What the office narrows its reading to; null does not narrow. */
export interface ReadingFilters {
  clause: string | null
  stance: string | null
  state: string | null
  identity: string | null
  region: string | null
  theme: string | null
  /** Admitted and without an answer (`no`), or with one in whatever state (`yes`). */
  answered: 'yes' | 'no' | null
}

export const everything: ReadingFilters = {
  clause: null,
  stance: null,
  state: null,
  identity: null,
  region: null,
  theme: null,
  answered: null,
}

/** The last comment already read. Ids are in the order in which comments came in. */
export interface ReadingPlace {
  clause: string
  id: string
}

const columns = {
  id: comments.id,
  clause: comments.clause,
  round: comments.round,
  stance: comments.stance,
  state: comments.state,
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
  maskedName: submissions.maskedName,
  organisation: submissions.organisation,
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

/** All of them, page by page: the reader's pace is the database's. */
export async function* everyComment(
  db: Database,
  consultationId: string,
  clauses: string[],
  filters: ReadingFilters,
  pageSize = 1000,
): AsyncGenerator<ReadComment> {
  let after: ReadingPlace | null = null
  while (true) {
    const page: ReadComment[] = await commentsInOrder(db, consultationId, clauses, filters, after, pageSize)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = { clause: last.clause, id: last.id }
  }
}

function clauseComments(
  db: Database,
  consultationId: string,
  filters: ReadingFilters,
  afterId: string | null,
  limit: number,
) {
  return db.query
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
}

/** The filters as a condition on comments alone, so that counts and inserts can use it too. */
export function readingConditions(
  tx: Pick<Database['query'], 'select'>,
  consultationId: string,
  { clause, stance, state, identity, region, theme, answered }: ReadingFilters,
): SQL | undefined {
  const author = and(
    identity ? eq(submissions.identity, identity) : undefined,
    region ? eq(submissions.region, region) : undefined,
  )
  const authors = tx.select({ id: submissions.id }).from(submissions).where(author)
  const tagged = tx.select({ id: commentThemes.commentId }).from(commentThemes)
  const answers = tx.select({ id: responseComments.commentId }).from(responseComments)
  return and(
    eq(comments.consultationId, consultationId),
    clause ? eq(comments.clause, clause) : undefined,
    stance ? eq(comments.stance, stance) : undefined,
    state ? eq(comments.state, state) : undefined,
    author ? inArray(comments.submissionId, authors) : undefined,
    theme ? inArray(comments.id, tagged.where(eq(commentThemes.themeId, theme))) : undefined,
    answered === 'yes' ? inArray(comments.id, answers) : undefined,
    answered === 'no'
      ? and(inArray(comments.state, [...admittedStates]), notInArray(comments.id, answers))
      : undefined,
  )
}
