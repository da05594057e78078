import { and, asc, eq, inArray } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { unitOpinionItems, unitOpinions } from '../../schema/index.ts'
import { keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'

export type UnitOpinion = typeof unitOpinions.$inferSelect
export type UnitOpinionItem = typeof unitOpinionItems.$inferSelect
type NewUnitOpinion = Omit<UnitOpinion, 'id' | 'consultationId' | 'createdAt'>

/** What a unit answered to its letter. */
type UnitReply = Pick<UnitOpinion, 'reply' | 'repliedOn' | 'unitPosition' | 'officePosition' | 'unresolved'>

/** The units asked in writing, in the order of their letters, each with what it said of the clauses. */
export async function unitOpinionsOf(
  db: Database,
  consultationId: string,
): Promise<(UnitOpinion & { items: UnitOpinionItem[] })[]> {
  const opinions = await db.query
    .select()
    .from(unitOpinions)
    .where(eq(unitOpinions.consultationId, consultationId))
    .orderBy(asc(unitOpinions.sentOn), asc(unitOpinions.unit))
  if (opinions.length === 0) return []
  const items = await db.query
    .select()
    .from(unitOpinionItems)
    .where(
      inArray(
        unitOpinionItems.opinionId,
        opinions.map(({ id }) => id),
      ),
    )
    .orderBy(asc(unitOpinionItems.id))
  return opinions.map((opinion) => ({
    ...opinion,
    items: items.filter(({ opinionId }) => opinionId === opinion.id),
  }))
}

/** Records a letter to a unit. @throws Refused where this unit was written to on this day already */
export async function addUnitOpinion(
  db: Database,
  consultationId: string,
  opinion: NewUnitOpinion,
  act: Act,
): Promise<void> {
  const id = uuid()
  const { reply, repliedOn, unitPosition, officePosition, unresolved } = opinion
  const said = { reply, repliedOn, unitPosition, officePosition, unresolved }
  await db.atomically((tx) => [
    must(
      'taken',
      tx
        .insert(unitOpinions)
        .values({ id, consultationId, ...opinion, createdAt: act.now })
        .onConflictDoNothing()
        .returning({ id: unitOpinions.id }),
    ),
    ...keepVersion(tx, versionedReply(consultationId, id), { opened: 0, said }, act),
    logAct(tx, act, 'unit_opinion.add', id),
  ])
}

/**
 * Records what a unit replied.
 * @param reply with the revision in whose place it is recorded
 * @throws Refused where there is no such letter, or somebody has recorded another reply since
 */
export async function recordReply(
  db: Database,
  consultationId: string,
  id: string,
  { reply, repliedOn, unitPosition, officePosition, unresolved, revision }: UnitReply & { revision: number },
  act: Act,
): Promise<void> {
  const said = { reply, repliedOn, unitPosition, officePosition, unresolved }
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(unitOpinions)
        .set(said)
        .where(and(eq(unitOpinions.id, id), eq(unitOpinions.consultationId, consultationId)))
        .returning({ id: unitOpinions.id }),
    ),
    ...keepVersion(tx, versionedReply(consultationId, id), { opened: revision, said }, act),
    logAct(tx, act, 'unit_opinion.reply', id, { reply, revision: revision + 1 }),
  ])
}

/** Removes a letter with all that the unit said. @throws Refused where it is not there */
export async function removeUnitOpinion(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  const here = and(eq(unitOpinions.id, id), eq(unitOpinions.consultationId, consultationId))
  await db.atomically((tx) => [
    tx
      .delete(unitOpinionItems)
      .where(
        inArray(
          unitOpinionItems.opinionId,
          tx.select({ id: unitOpinions.id }).from(unitOpinions).where(here),
        ),
      ),
    must('gone', tx.delete(unitOpinions).where(here).returning({ id: unitOpinions.id })),
    keepRemoval(tx, versionedReply(consultationId, id), act),
    logAct(tx, act, 'unit_opinion.remove', id),
  ])
}

export function versionedReply(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'unit_reply', row }
}
