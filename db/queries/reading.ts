import { setImmediate } from 'node:timers/promises'
import { and, asc, count, eq, exists, gt, inArray, like, notExists, or, type SQL, sql } from 'drizzle-orm'
import { startOfDay } from '../../server/rules/days.ts'
import type { ReadingFilters } from '../../server/rules/reading-filters.ts'
import { admittedStates } from '../../server/rules/responses.ts'
import type { Database } from '../open.ts'
import {
  campaignMembers,
  clauseDepartments,
  commentDepartments,
  comments,
  commentThemes,
  endorsementCounts,
  intakes,
  responseComments,
  submissions,
} from '../schema/index.ts'
import { found } from '../search.ts'
import type { CountCell } from './aggregates.ts'
import { cameOn } from './arrivals.ts'
import { standingEndorsements } from './endorsements.ts'

export { everything, type ReadingFilters } from '../../server/rules/reading-filters.ts'

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
/**
 * How many comments the filters let through, by clause, stance and state. Counted from the comments: where nothing but
 * clause, stance and state narrows, the kept counters say the same at once.
 */
export function readingCells(
  db: Database,
  consultationId: string,
  filters: ReadingFilters,
): Promise<CountCell[]> {
  const { clause, stance, state } = comments
  return db.query
    .select({ clause, stance, state, count: count() })
    .from(comments)
    .where(readingConditions(db.query, consultationId, filters))
    .groupBy(clause, stance, state)
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
  filters: ReadingFilters,
): SQL | undefined {
  const {
    clause,
    stance,
    state,
    identity,
    region,
    channel,
    day,
    theme,
    campaign,
    department,
    words,
    answered,
  } = filters
  const author = and(
    identity ? eq(submissions.identity, identity) : undefined,
    region ? like(submissions.region, `${region.replace(/[\\%_]/g, '')}%`) : undefined,
    channel ? eq(submissions.channel, channel) : undefined,
  )
  const authors = tx.select({ id: submissions.id }).from(submissions).where(author)
  const alike = tx.select({ id: campaignMembers.commentId }).from(campaignMembers)
  const tagged = tx.select({ id: commentThemes.commentId }).from(commentThemes)
  // Not NOT IN, for which PostgreSQL would read all answers again for each comment once they outgrow its memory.
  const answer = tx
    .select({ one: sql`1` })
    .from(responseComments)
    .where(eq(responseComments.commentId, comments.id))
  return and(
    eq(comments.consultationId, consultationId),
    clause ? eq(comments.clause, clause) : undefined,
    stance ? eq(comments.stance, stance) : undefined,
    state ? eq(comments.state, state) : undefined,
    author ? inArray(comments.submissionId, authors) : undefined,
    theme ? inArray(comments.id, tagged.where(eq(commentThemes.themeId, theme))) : undefined,
    day ? cameOn(comments.id, startOfDay(day)) : undefined,
    campaign ? inArray(comments.id, alike.where(memberOf(campaign))) : undefined,
    department ? answeredForBy(tx, department) : undefined,
    words ? found('staff', comments.number, words) : undefined,
    answered === 'yes' ? exists(answer) : undefined,
    answered === 'no' ? and(inArray(comments.state, [...admittedStates]), notExists(answer)) : undefined,
  )
}

function memberOf(campaign: string): SQL | undefined {
  return and(eq(campaignMembers.campaignId, campaign), eq(campaignMembers.takenOut, false))
}

/** A comment is its own department's if it was given one, else its clause's. */
function answeredForBy(tx: Pick<Database['query'], 'select'>, department: string): SQL | undefined {
  const { commentId, departmentId } = commentDepartments
  const given = tx.select({ one: sql`1` }).from(commentDepartments).where(eq(commentId, comments.id))
  const clauses = tx
    .select({ clause: clauseDepartments.clause })
    .from(clauseDepartments)
    .where(eq(clauseDepartments.departmentId, department))
  return or(
    inArray(
      comments.id,
      tx.select({ id: commentId }).from(commentDepartments).where(eq(departmentId, department)),
    ),
    and(inArray(comments.clause, clauses), notExists(given)),
  )
}
