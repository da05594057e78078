import { and, count, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { ruledStates } from '../../../server/rules/moderation/comment-states.ts'
import type { Database } from '../../database.ts'
import { comments, decisionCounts, decisions, originals, rulingCounts } from '../../schema/index.ts'
import type { Count } from './counters.ts'

/* The counters of what moderators decided. */

export interface RulingCell {
  consultationId: string
  state: string
  reason: string
}

export interface DecisionCell {
  staffId: string
  stance: string
  admission: string
  publication: string
  reason: string
}

const reason = sql<string>`coalesce(${decisions.reason}, '')`

const ruling = { consultationId: comments.consultationId, state: comments.state, reason }

/** The condition that a decision is the one by which its comment stands where it stands. */
export const isRuling = and(eq(decisions.review, comments.review), inArray(comments.state, [...ruledStates]))

/** Every comment that was decided and does not wait again, by its cell. */
export function countedRulings({ query }: Database): Promise<Count<RulingCell>[]> {
  return query
    .select({ cell: ruling, count: count() })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(isRuling)
    .groupBy(...Object.values(ruling))
}

/** Every published comment whose present version has a sealed original, by its cell. */
export function countedRedactions({ query }: Database): Promise<Count<RulingCell>[]> {
  return query
    .select({ cell: ruling, count: count() })
    .from(originals)
    .innerJoin(comments, isOriginal)
    .innerJoin(decisions, eq(decisions.commentId, comments.id))
    .where(and(isRuling, eq(comments.state, 'published')))
    .groupBy(...Object.values(ruling))
}

export const isOriginal = and(eq(originals.commentId, comments.id), eq(originals.version, comments.version))

/** What the counters say of comments that were decided, or of the redacted ones among them. */
export function keptRulings({ query }: Database, of: 'count' | 'redacted'): Promise<Count<RulingCell>[]> {
  const { count: _, redacted: __, ...cell } = getTableColumns(rulingCounts)
  return query.select({ cell, count: rulingCounts[of] }).from(rulingCounts)
}

/** Every decision, by who made it on what. */
export function countedDecisions({ query }: Database): Promise<Count<DecisionCell>[]> {
  const { staffId, admission, publication } = decisions
  const cell = { staffId, stance: comments.stance, admission, publication, reason }
  return query
    .select({ cell, count: count() })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .groupBy(...Object.values(cell))
}

/** What the counters say of decisions. */
export function keptDecisions({ query }: Database): Promise<Count<DecisionCell>[]> {
  const { count, ...cell } = getTableColumns(decisionCounts)
  return query.select({ cell, count }).from(decisionCounts)
}
