import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Relation } from '../../../server/rules/drafts/clause-relations.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { mappings, units } from '../../schema/index.ts'
import { changeDraft, type Round } from './rounds.ts'

/** How one clause of a round came out of the round before; `staffId` is who confirmed it, null while only proposed. */
export type StoredMapping = typeof mappings.$inferSelect

/** A round's mappings in document order; none in a first round. */
export function roundMappings(db: Database, roundId: string): Promise<StoredMapping[]> {
  return db.query.select().from(mappings).where(eq(mappings.roundId, roundId)).orderBy(asc(mappings.position))
}

/**
 * Says where one clause of a draft comes from, as a person sees it, and gives the clauses the keys that follow.
 * @param keys the units whose key changes by it
 * @throws Refused where the round is published, or somebody has changed it since it was read
 */
export async function changeMapping(
  db: Database,
  round: Round,
  { position, relation, from }: { position: number; relation: Relation; from: string[] },
  keys: { id: string; key: string | null }[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must('stale', changeDraft(tx, round, {})),
    tx
      .update(mappings)
      .set({ relation, from, staffId: act.staffId })
      .where(and(eq(mappings.roundId, round.id), eq(mappings.position, position))),
    ...keys.map(({ id, key }) => tx.update(units).set({ key }).where(eq(units.id, id))),
    logAct(tx, act, 'mapping.change', round.consultationId, {
      round: round.number,
      position,
      relation,
      from,
    }),
  ])
}

/**
 * Confirms every proposal that nobody has confirmed yet.
 * @throws Refused where the round is published, or somebody has changed it since it was read
 */
export async function confirmMappings(db: Database, round: Round, act: Act): Promise<void> {
  await db.atomically((tx) => [
    must('stale', changeDraft(tx, round, {})),
    tx
      .update(mappings)
      .set({ staffId: act.staffId })
      .where(and(eq(mappings.roundId, round.id), isNull(mappings.staffId))),
    logAct(tx, act, 'mapping.confirm', round.consultationId, { round: round.number }),
  ])
}
