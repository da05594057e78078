import { and, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { unitOpinionItems, unitOpinions } from '../../schema/index.ts'

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
    logAct(tx, act, 'unit_opinion.item', opinionId, { clause }),
  ])
}

/** Sets the office's answer to what a unit said of a clause. @throws Refused where it is not there */
export async function answerUnitItem(
  db: Database,
  { id, opinionId }: { id: string; opinionId: string },
  { outcome, reason }: { outcome: string; reason: string },
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
    logAct(tx, act, 'unit_opinion.answer', opinionId, { item: id, outcome }),
  ])
}

/** @throws Refused where it is not there */
export async function removeUnitItem(
  db: Database,
  { id, opinionId }: { id: string; opinionId: string },
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
    logAct(tx, act, 'unit_opinion.item_remove', opinionId, { item: id }),
  ])
}
