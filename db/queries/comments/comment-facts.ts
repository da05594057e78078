import { and, asc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  campaignMembers,
  campaigns,
  commentDepartments,
  commentThemes,
  departments,
  points,
  responseComments,
  responses,
  splits,
  themes,
} from '../../schema/index.ts'

/** What the office has made of a comment. */
export interface CommentFacts {
  /** The others that say the same; null where it is like no other. */
  campaign: { id: string; count: number } | null
  /** Its answer, in whatever state. */
  response: { id: string; outcome: string; reason: string; state: string } | null
  /** The department that it was given to by itself. */
  department: { name: string; dueOn: string | null } | null
  themes: string[]
  /** How far it has been parted into points; null where it is one. */
  split: { state: string; points: number; unanswered: number; uncovered: number } | null
}

/** What the office has made of these comments, by their ids. @param ids at most a page of them (1,000) */
export async function factsOf(db: Database, ids: string[]): Promise<Map<string, CommentFacts>> {
  if (ids.length === 0) return new Map()
  const [alike, answers, given, parted, tags] = await Promise.all([
    campaignsOf(db, ids),
    responsesTo(db, ids),
    departmentsOf(db, ids),
    splitsOf(db, ids),
    themesOf(db, ids),
  ])
  return new Map(
    ids.map((id) => [
      id,
      {
        campaign: alike.get(id) ?? null,
        response: answers.get(id) ?? null,
        department: given.get(id) ?? null,
        split: parted.get(id) ?? null,
        themes: tags.flatMap(({ commentId, name }) => (commentId === id ? [name] : [])),
      },
    ]),
  )
}

async function campaignsOf(db: Database, ids: string[]) {
  const { commentId, takenOut } = campaignMembers
  const rows = await db.query
    .select({ commentId, id: campaigns.id, count: campaigns.count })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
    .where(and(inArray(commentId, ids), eq(takenOut, false), gt(campaigns.count, 1)))
  return byComment(rows)
}

async function responsesTo(db: Database, ids: string[]) {
  const { commentId } = responseComments
  const { id, outcome, reason, state } = responses
  const rows = await db.query
    .select({ commentId, id, outcome, reason, state })
    .from(responseComments)
    .innerJoin(responses, eq(id, responseComments.responseId))
    .where(inArray(commentId, ids))
  return byComment(rows)
}

async function departmentsOf(db: Database, ids: string[]) {
  const { commentId, dueOn } = commentDepartments
  const rows = await db.query
    .select({ commentId, name: departments.name, dueOn })
    .from(commentDepartments)
    .innerJoin(departments, eq(departments.id, commentDepartments.departmentId))
    .where(inArray(commentId, ids))
  return byComment(rows)
}

async function splitsOf(db: Database, ids: string[]) {
  const { commentId, state, unanswered, uncovered } = splits
  const rows = await db.query
    .select({ commentId, state, unanswered, uncovered, points: partsOf })
    .from(splits)
    .where(and(inArray(commentId, ids), ne(state, 'single')))
  return byComment(rows)
}

/** The columns are named with their tables, or they would be the same one. */
const partsOf =
  sql<number>`(select count(*) from ${points} where ${points}."comment_id" = ${splits}."comment_id"
  and ${points}."kind" = 'point')`.mapWith(Number)

function themesOf(db: Database, ids: string[]) {
  return db.query
    .select({ commentId: commentThemes.commentId, name: themes.name })
    .from(commentThemes)
    .innerJoin(themes, eq(themes.id, commentThemes.themeId))
    .where(inArray(commentThemes.commentId, ids))
    .orderBy(asc(themes.name))
}

function byComment<Row extends { commentId: string }>(rows: Row[]): Map<string, Omit<Row, 'commentId'>> {
  return new Map(rows.map(({ commentId, ...row }) => [commentId, row]))
}
