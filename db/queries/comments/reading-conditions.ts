import { and, eq, exists, inArray, isNull, like, notExists, or, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import {
  admitted,
  noRegion,
  noTheme,
  type ReadingFilters,
} from '../../../server/rules/comments/reading-filters.ts'
import { startOfDay } from '../../../server/rules/days.ts'
import type { Database } from '../../database.ts'
import {
  type arrivalCounts,
  campaignMembers,
  clauseDepartments,
  commentDepartments,
  comments,
  commentThemes,
  intakes,
  submissions,
} from '../../schema/index.ts'
import { found } from '../../search.ts'
import { cameTo, hasAnswer, isBare, isOpen, isUnanswered } from './answered.ts'
import { cameOn } from './arrivals.ts'

/** What is asked of who sent a comment, from where and how. */
export type Sender = Pick<ReadingFilters, 'identity' | 'region' | 'channel'>

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
    account,
    late,
  } = filters
  const author = sentBy(submissions, { identity, region, channel })
  // Not IN: SQLite would list all submissions of that kind first.
  const sent = tx
    .select({ one: sql`1` })
    .from(submissions)
    .where(and(eq(submissions.id, comments.submissionId), author))
  const alike = tx.select({ id: campaignMembers.commentId }).from(campaignMembers)
  return and(
    eq(comments.consultationId, consultationId),
    clause ? eq(comments.clause, clause) : undefined,
    stance ? eq(comments.stance, stance) : undefined,
    state ? inState(state) : undefined,
    author ? exists(sent) : undefined,
    theme ? underTheme(tx, theme) : undefined,
    day ? cameOn(comments.id, startOfDay(day)) : undefined,
    campaign ? inArray(comments.id, alike.where(memberOf(campaign))) : undefined,
    department ? answeredForBy(tx, department) : undefined,
    words ? found('staff', comments.number, words) : undefined,
    answered === 'yes' ? hasAnswer : undefined,
    answered === 'no' ? isUnanswered : undefined,
    answered === 'open' ? isOpen : undefined,
    answered === 'bare' ? isBare : undefined,
    account ? cameTo(tx, account) : undefined,
    late ? exists(cameLate(tx)) : undefined,
  )
}

function inState(state: string): SQL {
  return state === admitted ? inArray(comments.state, [...admittedStates]) : eq(comments.state, state)
}

function cameLate(tx: Pick<Database['query'], 'select'>) {
  return tx
    .select({ one: sql`1` })
    .from(intakes)
    .where(and(eq(intakes.submissionId, comments.submissionId), eq(intakes.late, true)))
}

/** The condition that rows are of such senders; none where it does not narrow. */
export function sentBy(
  rows: Pick<typeof submissions | typeof arrivalCounts, 'identity' | 'region' | 'channel'>,
  { identity, region, channel }: Sender,
): SQL | undefined {
  return and(
    identity ? eq(rows.identity, identity) : undefined,
    region ? cameFrom(rows.region, region) : undefined,
    channel ? eq(rows.channel, channel) : undefined,
  )
}

function cameFrom(column: typeof submissions.region | typeof arrivalCounts.region, region: string) {
  if (region === noRegion) return or(isNull(column), eq(column, ''))
  return like(column, `${region.replace(/[\\%_]/g, '')}%`)
}

function underTheme(tx: Pick<Database['query'], 'select'>, theme: string): SQL {
  const { commentId, themeId } = commentThemes
  if (theme === noTheme) {
    return notExists(tx.select({ one: sql`1` }).from(commentThemes).where(eq(commentId, comments.id)))
  }
  return inArray(comments.id, tx.select({ id: commentId }).from(commentThemes).where(eq(themeId, theme)))
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
