import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import type { Database } from '../../database.ts'
import { comments, endorsementCounts, intakes, isPublished, submissions } from '../../schema/index.ts'
import { covered } from './covered-texts.ts'
import { standingEndorsements } from './endorsements.ts'
import type { FoundComment } from './rare-senders.ts'
import { readingConditions } from './reading-conditions.ts'

/** The last comment already read. */
export type ReadingPlace = Pick<ReadComment, 'clause' | 'publicId'>

/** As they came in, for staff; or by the day of publication and within a day by chance, since what is public tells no more. */
export type ReadingOrder = 'arrival' | 'publication'

const columns = {
  id: comments.id,
  publicId: comments.publicId,
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
  publishedDay: comments.publishedDay,
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
  /** 到会人数, of a meeting's minutes. */
  present: intakes.present,
}

export type ReadComment = Awaited<ReturnType<typeof clauseComments>>[number]

/**
 * One page of a consultation's comments in document order, within a clause in the order that is asked for.
 * Goes from clause to clause, so that the index gives each one's comments without sorting a million.
 * @param clauses the clauses' keys in document order
 * @param among the comments of which alone it can be, where they are known
 */
export async function commentsInOrder(
  db: Database,
  consultationId: string,
  clauses: string[],
  filters: ReadingFilters,
  after: ReadingPlace | null,
  limit: number,
  order: ReadingOrder = 'arrival',
  among: readonly FoundComment[] | null = null,
): Promise<ReadComment[]> {
  const page: ReadComment[] = []
  const start = after ? clauses.indexOf(after.clause) : 0
  for (const clause of clauses.slice(Math.max(start, 0))) {
    const from = clause === after?.clause ? after.publicId : null
    const here = { ...filters, clause }
    const ids = among?.flatMap((found) => (found.clause === clause ? [found.id] : [])) ?? null
    page.push(...(await clauseComments(db, consultationId, here, from, limit - page.length, order, ids)))
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
  order: ReadingOrder = 'arrival',
  pageSize = 250,
): AsyncGenerator<ReadComment> {
  let after: ReadingPlace | null = null
  while (true) {
    const page: ReadComment[] = await commentsInOrder(
      db,
      consultationId,
      clauses,
      filters,
      after,
      pageSize,
      order,
    )
    yield* page
    await setImmediate()
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last
  }
}

async function clauseComments(
  db: Database,
  consultationId: string,
  filters: ReadingFilters,
  after: string | null,
  limit: number,
  order: ReadingOrder,
  among: string[] | null,
) {
  const { id, publicId, publishedDay } = comments
  const last = db.query
    .select({ id })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const lastDay = db.query
    .select({ publishedDay })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const rows = await db.slow
    .select(columns)
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(intakes, eq(intakes.submissionId, comments.submissionId))
    .leftJoin(endorsementCounts, eq(endorsementCounts.commentId, comments.id))
    .where(
      and(
        readingConditions(db.query, consultationId, filters),
        among ? inArray(id, among) : undefined,
        order === 'publication' ? isPublished : undefined,
        after === null
          ? undefined
          : order === 'arrival'
            ? sql`${id} > (${last})`
            : sql`(${publishedDay}, ${publicId}) > ((${lastDay}), ${after})`,
      ),
    )
    .orderBy(...(order === 'arrival' ? [asc(id)] : [asc(publishedDay), asc(publicId)]))
    .limit(limit)
  return covered(db, rows)
}
