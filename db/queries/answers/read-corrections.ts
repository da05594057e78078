import { and, asc, desc, eq, gt, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  answerCorrections,
  comments,
  officeVersions,
  points,
  responseComments,
  staff,
} from '../../schema/index.ts'
import type { Correction } from './answer-corrections.ts'

/** What an answer said before it was corrected. */
type Before = Record<string, unknown> | null

/** A correction with what it corrects. */
export type ReadCorrection = Correction & { before: Before }

/** The corrections of an answer, the newest first. */
export async function correctionsOf(db: Database, responseId: string): Promise<ReadCorrection[]> {
  const rows = await db.query
    .select({ correction: answerCorrections, before: officeVersions.said })
    .from(answerCorrections)
    .leftJoin(officeVersions, isBefore)
    .where(eq(answerCorrections.responseId, responseId))
    .orderBy(desc(answerCorrections.id))
    .limit(100)
  return rows.map(({ correction, before }) => ({ ...correction, before }))
}

const isBefore = and(
  eq(officeVersions.consultationId, answerCorrections.consultationId),
  eq(officeVersions.kind, 'answer'),
  eq(officeVersions.row, answerCorrections.responseId),
  eq(officeVersions.revision, answerCorrections.revision),
)

/** A correction as a list has it. */
export interface ListedCorrection {
  responseId: string
  outcome: string
  cause: string
  state: string
  proposer: string
  proposedAt: Date
  decidedAt: Date | null
  before: Before
  /** How many comments and how many points of those that were split the answer is for, and the clauses that they begin and end with. */
  comments: number
  points: number
  clauses: string[]
}

interface Meant {
  state: 'proposed' | 'approved'
  since?: Date | null
  /** Only those that this person did not propose, and so may approve. */
  approver?: string | null
  limit: number
}

/** Those that wait, the oldest first, or those that were approved, the newest first, after a moment where one is given. */
export async function listedCorrections(
  db: Database,
  consultationId: string,
  { state, since = null, approver = null, limit }: Meant,
): Promise<ListedCorrection[]> {
  const { id, responseId, outcome, cause, proposedAt, decidedAt } = answerCorrections
  const { clause: ofComment } = comments
  const { clause: ofPoint } = points
  const whole = db.query
    .select({ responseId: responseComments.responseId, clause: ofComment })
    .from(responseComments)
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(eq(responseComments.responseId, responseId))
    .as('whole')
  const parted = db.query
    .select({ responseId: points.responseId, clause: ofPoint })
    .from(points)
    .where(eq(points.responseId, responseId))
    .as('parted')
  const told = (of: typeof whole | typeof parted, what: SQL) => sql`(select ${what} from ${of})`
  const rows = await db.query
    .select({
      ...{ responseId, outcome, cause, proposedAt, decidedAt },
      state: answerCorrections.state,
      proposer: staff.name,
      before: officeVersions.said,
      comments: told(whole, sql`count(*)`).mapWith(Number),
      points: told(parted, sql`count(*)`).mapWith(Number),
      first: told(whole, sql`min(${whole.clause})`) as SQL<string | null>,
      last: told(whole, sql`max(${whole.clause})`) as SQL<string | null>,
      firstPoint: told(parted, sql`min(${parted.clause})`) as SQL<string | null>,
      lastPoint: told(parted, sql`max(${parted.clause})`) as SQL<string | null>,
    })
    .from(answerCorrections)
    .innerJoin(staff, eq(staff.id, answerCorrections.proposedBy))
    .leftJoin(officeVersions, isBefore)
    .where(
      and(
        eq(answerCorrections.consultationId, consultationId),
        eq(answerCorrections.state, state),
        since ? gt(decidedAt, since) : undefined,
        approver ? ne(answerCorrections.proposedBy, approver) : undefined,
      ),
    )
    .orderBy(state === 'proposed' ? asc(id) : desc(id))
    .limit(limit)
  return rows.map(({ first, last, firstPoint, lastPoint, ...row }) => {
    const clauses = [first, firstPoint, last, lastPoint].filter((clause) => clause !== null)
    return { ...row, clauses: [...new Set(clauses)] }
  })
}

/** How many corrections wait for a second person whom this one did not propose. */
export function countWaitingCorrections(
  db: Database,
  consultationId: string,
  approver: string,
): Promise<number> {
  return db.query.$count(
    answerCorrections,
    and(
      eq(answerCorrections.consultationId, consultationId),
      eq(answerCorrections.state, 'proposed'),
      ne(answerCorrections.proposedBy, approver),
    ),
  )
}
