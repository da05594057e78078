import { and, asc, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../../database.ts'
import {
  concerns,
  departments,
  points,
  responseComments,
  responses,
  staff,
  themes,
} from '../../schema/index.ts'
import { factsOf } from '../comments/comment-facts.ts'

/** A point with all that the office has made of it. */
export interface AnalysedPoint {
  /** null for a comment that is its own one point. */
  id: string | null
  start: number
  /** null: to the end of the comment. */
  end: number | null
  clause: string
  stance: string
  themes: string[]
  department: string | null
  concern: { id: string; sentence: string; clause: string } | null
  campaign: string | null
  /** null while none is approved. */
  answer: ApprovedAnswer | null
}

type ApprovedAnswer = Pick<
  typeof responses.$inferSelect,
  'id' | 'outcome' | 'reason' | 'summary' | 'approvedAt' | 'correctedAt' | 'correctionCause'
> & { approvedBy: string | null }

type Analysed = { id: string; clause: string; stance: string }

const approver = alias(staff, 'approver')
const { id, outcome, reason, summary, approvedAt, correctedAt, correctionCause } = responses
const approved = { id, outcome, reason, summary, approvedAt, correctedAt, correctionCause }

/**
 * The points of some comments, by the comment's id: one at least of each, and none of one that asks for nothing.
 * @param comments at most a page of them (1,000)
 */
export async function analysedPoints(
  db: Database,
  comments: readonly Analysed[],
): Promise<Map<string, AnalysedPoint[]>> {
  const ids = comments.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const [facts, answers, parts] = await Promise.all([
    factsOf(db, ids),
    wholeAnswers(db, ids),
    partsOf(db, ids),
  ])
  return new Map(
    comments.map(({ id, clause, stance }) => {
      const { campaign = null, department = null, themes = [] } = facts.get(id) ?? {}
      const own = parts.filter(({ commentId }) => commentId === id)
      const whole: AnalysedPoint = {
        ...{ id: null, start: 0, end: null, clause, stance, themes, concern: null },
        department: department?.name ?? null,
        campaign: campaign?.id ?? null,
        answer: answers.get(id) ?? null,
      }
      const asking = own.filter(({ kind }) => kind === 'point')
      const analysed = asking.map(
        ({ commentId: _, kind: __, theme, department: given, ...point }): AnalysedPoint => ({
          ...point,
          themes: theme ? [theme] : themes,
          department: given ?? whole.department,
          campaign: whole.campaign,
        }),
      )
      return [id, own.length > 0 ? analysed : [whole]]
    }),
  )
}

async function wholeAnswers(db: Database, ids: string[]) {
  const rows = await db.query
    .select({ commentId: responseComments.commentId, answer: approved, approvedBy: approver.name })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .leftJoin(approver, eq(approver.id, responses.approvedBy))
    .where(and(inArray(responseComments.commentId, ids), eq(responses.state, 'approved')))
  return new Map(rows.map(({ commentId, answer, approvedBy }) => [commentId, { ...answer, approvedBy }]))
}

async function partsOf(db: Database, ids: string[]) {
  const rows = await db.query
    .select({
      commentId: points.commentId,
      id: points.id,
      start: points.start,
      end: points.end,
      clause: points.clause,
      stance: points.stance,
      theme: themes.name,
      department: departments.name,
      kind: points.kind,
      concern: { id: concerns.id, sentence: concerns.sentence, clause: concerns.clause },
      answer: approved,
      approvedBy: approver.name,
    })
    .from(points)
    .leftJoin(themes, eq(themes.id, points.themeId))
    .leftJoin(departments, eq(departments.id, points.departmentId))
    .leftJoin(concerns, eq(concerns.id, points.concernId))
    .leftJoin(responses, and(eq(responses.id, points.responseId), eq(responses.state, 'approved')))
    .leftJoin(approver, eq(approver.id, responses.approvedBy))
    .where(inArray(points.commentId, ids))
    .orderBy(asc(points.commentId), asc(points.start))
  return rows.map(({ answer, approvedBy, ...row }) => ({
    ...row,
    answer: answer && { ...answer, approvedBy },
  }))
}
