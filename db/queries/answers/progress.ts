import { and, asc, desc, eq, gt, inArray, sum } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { answerCounts, arrivalCounts, responseCounts, responses } from '../../schema/index.ts'
import { type CountCell, countCells } from '../comments/aggregates.ts'
import { type PointCell, pointCells } from '../points/point-cells.ts'

/** How many admitted comments of a clause have an approved answer of each outcome. */
export interface AnsweredCell {
  clause: string
  outcome: string
  count: number
}

/** Answers in force: approved ones, to comments that are still admitted. */
export function answeredCells(db: Database, consultationId: string): Promise<AnsweredCell[]> {
  const { clause, outcome, count } = answerCounts
  return db.query
    .select({ clause, outcome, count })
    .from(answerCounts)
    .where(and(eq(answerCounts.consultationId, consultationId), gt(count, 0)))
}

/** How many comments came in by each channel, in how many submissions (件) of how many people (人次), and how many after closing (逾期). */
export function channelCells(
  db: Database,
  consultationId: string,
): Promise<{ channel: string; comments: number; submissions: number; people: number; late: number }[]> {
  const { channel, comments, submissions, people, late } = arrivalCounts
  return db.query
    .select({
      channel,
      comments: sum(comments).mapWith(Number),
      submissions: sum(submissions).mapWith(Number),
      people: sum(people).mapWith(Number),
      late: sum(late).mapWith(Number),
    })
    .from(arrivalCounts)
    .where(eq(arrivalCounts.consultationId, consultationId))
    .groupBy(channel)
    .orderBy(asc(channel))
}

/** The reasons of approved answers with how many points of which clauses got each, the most first. */
export async function mainReasons(
  db: Database,
  consultationId: string,
  limit: number,
): Promise<{ outcome: string; reason: string; count: number; clauses: string[] }[]> {
  const { outcome, reason } = responses
  const given = sum(responseCounts.count).mapWith(Number)
  const rows = await db.slow
    .select({ outcome, reason, count: given })
    .from(responses)
    .innerJoin(responseCounts, eq(responseCounts.responseId, responses.id))
    .where(and(eq(responses.consultationId, consultationId), eq(responses.state, 'approved')))
    .groupBy(outcome, reason)
    .orderBy(desc(given), asc(outcome), asc(reason))
    .limit(limit)
  const places = await clausesOf(
    db,
    consultationId,
    rows.map(({ reason }) => reason),
  )
  return rows.map((row) => ({
    ...row,
    clauses: places
      .filter((place) => place.outcome === row.outcome && place.reason === row.reason)
      .map(({ clause }) => clause),
  }))
}

/** On which clauses each of these reasons was given, where it was given most first. */
async function clausesOf(db: Database, consultationId: string, reasons: string[]) {
  if (reasons.length === 0) return []
  const { outcome, reason } = responses
  const { clause } = responseCounts
  const given = sum(responseCounts.count).mapWith(Number)
  return db.slow
    .select({ outcome, reason, clause, given })
    .from(responses)
    .innerJoin(responseCounts, eq(responseCounts.responseId, responses.id))
    .where(
      and(
        eq(responses.consultationId, consultationId),
        eq(responses.state, 'approved'),
        inArray(reason, reasons),
        gt(responseCounts.count, 0),
      ),
    )
    .groupBy(outcome, reason, clause)
    .orderBy(desc(given), asc(clause))
}

/** How far a consultation's answers have come. */
export interface Progress {
  /** Its comments by clause, stance and state. */
  cells: CountCell[]
  /** Those with an approved answer. */
  answers: AnsweredCell[]
  /** What those that were split add to the points, and take from them. */
  parted: PointCell[]
}

/** All at once, for whatever counts from them. */
export async function progressOf(db: Database, consultationId: string): Promise<Progress> {
  const [cells, answers, parted] = await Promise.all([
    countCells(db, consultationId),
    answeredCells(db, consultationId),
    pointCells(db, consultationId),
  ])
  return { cells, answers, parted }
}
