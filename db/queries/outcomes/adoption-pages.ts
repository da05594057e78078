import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  comments,
  points,
  responseComments,
  responseCounts,
  responses,
  submissions,
} from '../../schema/index.ts'
import { isBare } from '../comments/answered.ts'
import { type AdoptionRow, inForce, pointWords, summaryRows } from './adoption-rows.ts'

const pageSize = 1000

/**
 * The adoption table from the approved answers, read a page at a time: clause by clause, first the 归纳, the weightier
 * before the lighter, then each published comment that is answered by itself, and each such point of one that was split.
 * @param clauses the clauses' keys in document order
 */
export async function* everyAdoptionRow(
  db: Database,
  consultationId: string,
  clauses: string[],
): AsyncGenerator<AdoptionRow> {
  const [summaries, bare] = await Promise.all([
    summaryRows(db, consultationId),
    bareClauses(db, consultationId),
  ])
  for (const clause of clauses) {
    yield* summaries.filter((row) => row.clause === clause).sort((a, b) => b.count - a.count)
    if (!bare.has(clause)) continue
    yield* everyAdopted(db, consultationId, clause)
    yield* everyAdoptedPoint(db, consultationId, clause)
  }
}

/** The clauses on which anything has an answer without a 归纳. */
async function bareClauses(db: Database, consultationId: string): Promise<Set<string>> {
  const rows = await db.slow
    .selectDistinct({ clause: responseCounts.clause })
    .from(responses)
    .innerJoin(responseCounts, eq(responseCounts.responseId, responses.id))
    .where(
      and(
        eq(responses.consultationId, consultationId),
        eq(responses.state, 'approved'),
        isNull(responses.summary),
      ),
    )
  return new Set(rows.map(({ clause }) => clause))
}

async function* everyAdopted(db: Database, consultationId: string, clause: string) {
  let after: string | null = null
  while (true) {
    const page: Awaited<ReturnType<typeof adopted>> = await adopted(db, consultationId, clause, after)
    for (const row of page) yield { ...row, pointId: null, author: row.author ?? '未署名', count: 1 }
    after = page.at(-1)?.publicId ?? null
    if (page.length < pageSize) return
  }
}

function adopted(db: Database, consultationId: string, clause: string, after: string | null) {
  return db.query
    .select({
      clause: comments.clause,
      commentId: comments.id,
      publicId: comments.publicId,
      author: submissions.maskedName,
      body: comments.body,
      outcome: responses.outcome,
      reason: responses.reason,
      correctedAt: responses.correctedAt,
      correctionCause: responses.correctionCause,
    })
    .from(comments)
    .innerJoin(responseComments, eq(responseComments.commentId, comments.id))
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        isBare,
        eq(comments.state, 'published'),
        eq(comments.consultationId, consultationId),
        eq(comments.clause, clause),
        after ? gt(comments.publicId, after) : undefined,
      ),
    )
    .orderBy(asc(comments.publicId))
    .limit(pageSize)
}

async function* everyAdoptedPoint(db: Database, consultationId: string, clause: string) {
  let after: string | null = null
  while (true) {
    const page: Awaited<ReturnType<typeof adoptedPoints>> = await adoptedPoints(
      db,
      consultationId,
      clause,
      after,
    )
    for (const row of page) yield { ...row, author: row.author ?? '未署名', count: 1 }
    after = page.at(-1)?.pointId ?? null
    if (page.length < pageSize) return
  }
}

function adoptedPoints(db: Database, consultationId: string, clause: string, after: string | null) {
  return db.query
    .select({
      clause: points.clause,
      commentId: comments.id,
      publicId: comments.publicId,
      pointId: points.id,
      author: submissions.maskedName,
      body: pointWords,
      outcome: responses.outcome,
      reason: responses.reason,
      correctedAt: responses.correctedAt,
      correctionCause: responses.correctionCause,
    })
    .from(responses)
    .innerJoin(points, eq(points.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        inForce(consultationId),
        isNull(responses.summary),
        eq(comments.state, 'published'),
        eq(points.kind, 'point'),
        // By their answers, and not by the clause's index: on the clause most may be unanswered, or under a 归纳.
        sql`coalesce(${points.clause}, '') = ${clause}`,
        after ? gt(points.id, after) : undefined,
      ),
    )
    .orderBy(asc(points.id))
    .limit(pageSize)
}
