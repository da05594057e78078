import { and, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { unitOpinionItems, unitOpinions } from '../../schema/index.ts'
import { keepChanged, keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'
import { versionedReply } from './unit-opinions.ts'

/** What a unit said of one clause, in answer to one letter. */
interface UnitItem {
  id: string
  opinionId: string
}

/** Adds what a unit said of one clause; the unit has replied with an opinion by that. @throws Refused where there is no such letter */
export async function addUnitItem(
  db: Database,
  consultationId: string,
  opinionId: string,
  { clause, body }: { clause: string; body: string },
  act: Act,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(unitOpinions)
        .set({ reply: 'opinion' })
        .where(and(eq(unitOpinions.id, opinionId), eq(unitOpinions.consultationId, consultationId)))
        .returning({ id: unitOpinions.id }),
    ),
    tx.insert(unitOpinionItems).values({ id, opinionId, clause, body }),
    keepChanged(tx, versionedReply(consultationId, opinionId), { reply: 'opinion' }, act),
    logAct(tx, act, 'unit_opinion.item', opinionId, { clause }),
  ])
}

/**
 * Sets the office's answer to what a unit said of a clause.
 * @param answer with the revision in whose place it is set, 0 where there was none
 * @throws Refused where the item is not there, or somebody has answered it otherwise since
 */
export async function answerUnitItem(
  db: Database,
  consultationId: string,
  { id, opinionId }: UnitItem,
  { outcome, reason, revision }: { outcome: string; reason: string; revision: number },
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(unitOpinionItems)
        .set({ outcome, reason })
        .where(and(eq(unitOpinionItems.id, id), eq(unitOpinionItems.opinionId, opinionId)))
        .returning({ id: unitOpinionItems.id }),
    ),
    ...keepVersion(
      tx,
      versionedItem(consultationId, { id, opinionId }),
      { opened: revision, said: { outcome, reason } },
      act,
    ),
    logAct(tx, act, 'unit_opinion.answer', opinionId, { item: id, outcome, revision: revision + 1 }),
  ])
}

/** @throws Refused where it is not there */
export async function removeUnitItem(
  db: Database,
  consultationId: string,
  { id, opinionId }: UnitItem,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .delete(unitOpinionItems)
        .where(and(eq(unitOpinionItems.id, id), eq(unitOpinionItems.opinionId, opinionId)))
        .returning({ id: unitOpinionItems.id }),
    ),
    keepRemoval(tx, versionedItem(consultationId, { id, opinionId }), act),
    logAct(tx, act, 'unit_opinion.item_remove', opinionId, { item: id }),
  ])
}

/** The office's answers to one item, which is found under its letter. */
export function versionedItem(consultationId: string, { id, opinionId }: UnitItem): Versioned {
  return { consultationId, kind: 'unit_item', row: `${opinionId}.${id}` }
}
