import { and, asc, eq, gt, lte, ne } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { changeReasons, revisedWordings, rounds, units } from '../../schema/index.ts'
import { changeDraft, type Round } from './rounds.ts'

/**
 * Why the rounds after `from` up to `to` change, add or drop clauses, by their keys; the reasons of several rounds are
 * joined.
 */
export async function reasonsBetween(
  db: Database,
  consultationId: string,
  from: number,
  to: number,
): Promise<Map<string, string>> {
  const rows = await db.query
    .select({ clause: changeReasons.clause, reason: changeReasons.reason })
    .from(changeReasons)
    .innerJoin(rounds, eq(rounds.id, changeReasons.roundId))
    .where(and(eq(rounds.consultationId, consultationId), gt(rounds.number, from), lte(rounds.number, to)))
    .orderBy(asc(rounds.number))
  const reasons = new Map<string, string>()
  for (const { clause, reason } of rows) {
    reasons.set(clause, [reasons.get(clause), reason].filter(Boolean).join('；'))
  }
  return reasons
}

/**
 * Says why a draft changes, adds or drops a clause; an empty reason takes back what was said.
 * @throws Refused where the round is published, or somebody has changed it since it was read
 */
export async function giveReason(
  db: Database,
  round: Round,
  clause: string,
  reason: string,
  act: Act,
): Promise<void> {
  const { roundId, clause: named } = changeReasons
  await db.atomically((tx) => [
    must('stale', changeDraft(tx, round, {})),
    tx.delete(changeReasons).where(and(eq(roundId, round.id), eq(named, clause))),
    ...(reason === ''
      ? []
      : [tx.insert(changeReasons).values({ roundId: round.id, clause, reason, staffId: act.staffId })]),
    logAct(tx, act, 'mapping.reason', round.consultationId, { round: round.number, clause }),
  ])
}

/**
 * Takes over into a draft what the office wrote when it reworded the round before, for each clause that reads just so.
 * @param number the draft's own
 */
export function adoptReasons(tx: Query, consultationId: string, draftId: string, number: number) {
  const { roundId, key, text } = units
  const { round, clause, reason, staffId } = revisedWordings
  return tx
    .insert(changeReasons)
    .select(
      tx
        .select({ roundId, clause, reason, staffId })
        .from(revisedWordings)
        .innerJoin(units, and(eq(roundId, draftId), eq(key, clause), eq(text, revisedWordings.text)))
        .where(
          and(
            eq(revisedWordings.consultationId, consultationId),
            eq(revisedWordings.isApproved, true),
            eq(round, number - 1),
            ne(reason, ''),
          ),
        ),
    )
    .onConflictDoNothing()
}
