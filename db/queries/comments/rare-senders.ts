import { and, eq, gt, isNull, or, type SQL } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { arrivalCounts, comments, submissions } from '../../schema/index.ts'
import { type Sender, sentBy } from './reading-conditions.ts'

/** A comment of a sender, found by who sent it. */
export interface FoundComment {
  id: string
  clause: string
}

/** What such senders have sent: the clauses that they wrote on, and the comments themselves where they are few. */
export interface SentBy {
  clauses: Set<string>
  few: FoundComment[] | null
}

/** As many as are listed and looked at in one page's time. */
const fewComments = 1000
const fewCells = 100

/**
 * What such senders have sent. The kept counters know of how many comments that is: where they are few they are found from
 * the index of senders, since in the order of the clauses one would look at all comments to find them.
 */
export async function sentFrom(db: Database, consultationId: string, sender: Sender): Promise<SentBy> {
  const { clause, channel, identity, region, comments: count } = arrivalCounts
  const cells = await db.query
    .select({ clause, channel, identity, region, count })
    .from(arrivalCounts)
    .where(and(eq(arrivalCounts.consultationId, consultationId), gt(count, 0), sentBy(arrivalCounts, sender)))
  const clauses = new Set(cells.map((cell) => cell.clause))
  const senders = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()]
  const isFew = cells.reduce((sum, cell) => sum + cell.count, 0) <= fewComments && senders.length <= fewCells
  return { clauses, few: isFew ? await commentsOf(db, consultationId, senders) : null }
}

type ExactSender = Pick<typeof arrivalCounts.$inferSelect, 'channel' | 'identity' | 'region'>

function keyOf({ channel, identity, region }: ExactSender): string {
  return JSON.stringify([channel, identity, region])
}

async function commentsOf(
  db: Database,
  consultationId: string,
  senders: ExactSender[],
): Promise<FoundComment[]> {
  if (senders.length === 0) return []
  return db.slow
    .select({ id: comments.id, clause: comments.clause })
    .from(submissions)
    .innerJoin(comments, eq(comments.submissionId, submissions.id))
    .where(or(...senders.map((sender) => isSentBy(consultationId, sender))))
}

/** Every column of the index, so that either engine finds no more than these. */
function isSentBy(consultationId: string, { channel, identity, region }: ExactSender): SQL | undefined {
  return and(
    eq(submissions.consultationId, consultationId),
    eq(submissions.channel, channel),
    eq(submissions.identity, identity),
    region === '' ? isNull(submissions.region) : eq(submissions.region, region),
  )
}
