import { and, asc, eq, gte, isNotNull, lt, max } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { revisedWordings, rounds, staff, units } from '../../schema/index.ts'

export interface RevisedWording {
  id: string
  /** The round whose clause it rewords. */
  round: number
  clause: string
  text: string
  reason: string
  /** Who proposed it. */
  staffId: string
  updatedAt: Date
  /** Null where nobody has, or where it stood before wordings were approved. */
  approvedBy: string | null
  approvedAt: Date | null
}

const read = {
  id: revisedWordings.id,
  round: revisedWordings.round,
  clause: revisedWordings.clause,
  text: revisedWordings.text,
  reason: revisedWordings.reason,
  staffId: revisedWordings.staffId,
  updatedAt: revisedWordings.updatedAt,
  approvedBy: revisedWordings.approvedBy,
  approvedAt: revisedWordings.approvedAt,
}

/** The clauses of the newest published round that the office has reworded so far, as a second person has approved it. */
export function revisedWordingsOf(db: Database, consultationId: string): Promise<RevisedWording[]> {
  const newest = db.query
    .select({ number: max(rounds.number) })
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt)))
  return db.query
    .select(read)
    .from(revisedWordings)
    .where(and(isApprovedIn(consultationId), eq(revisedWordings.round, newest)))
}

/** A wording that no second person has approved. */
export interface WaitingWording extends RevisedWording {
  proposer: string
  /** What the approver wants changed; null where it was not sent back. */
  returnNote: string | null
}

/** The wordings that are not approved, also those of earlier rounds, the oldest first. */
export function waitingWordings(db: Database, consultationId: string): Promise<WaitingWording[]> {
  const { id, updatedAt, staffId, returnNote } = revisedWordings
  return db.query
    .select({ ...read, returnNote, proposer: staff.name })
    .from(revisedWordings)
    .innerJoin(staff, eq(staff.id, staffId))
    .where(isWaitingIn(consultationId))
    .orderBy(asc(updatedAt), asc(id))
}

/** The clauses with a wording that is not approved, as the round that it rewords cites them. */
export async function waitingClauses(db: Database, consultationId: string): Promise<string[]> {
  const { round, clause } = revisedWordings
  const rows = await db.query
    .select({ clause, citation: units.citation })
    .from(revisedWordings)
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, revisedWordings.consultationId), eq(rounds.number, round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, clause)))
    .where(isWaitingIn(consultationId))
    .orderBy(asc(round), asc(units.position))
  return rows.map(({ clause, citation }) => citation || clause)
}

/** The condition that a wording of a consultation is still to be decided. */
export function isWaitingIn(consultationId: string) {
  return and(eq(revisedWordings.consultationId, consultationId), eq(revisedWordings.isApproved, false))
}

/** The condition that a wording of a consultation counts. */
export function isApprovedIn(consultationId: string) {
  return and(eq(revisedWordings.consultationId, consultationId), eq(revisedWordings.isApproved, true))
}

/** The wordings that round `from` and those before round `to` were given, the oldest first. */
export function wordingsBetween(
  db: Database,
  consultationId: string,
  from: number,
  to: number,
): Promise<{ id: string; clause: string }[]> {
  const { id, round, clause } = revisedWordings
  return db.query
    .select({ id, clause })
    .from(revisedWordings)
    .where(and(isApprovedIn(consultationId), gte(round, from), lt(round, to)))
    .orderBy(asc(round), asc(id))
}
