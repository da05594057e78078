import { and, eq, isNull, ne } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { revisedWordings } from '../../schema/index.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { keepRemoval, keepVersion, stillAt, type Versioned } from '../versions/office-versions.ts'
import type { RevisedWording } from './revised-wordings.ts'
import { forgetSources, gatheredBehind, type Sources, setSources } from './wording-sources.ts'

/**
 * Proposes how a clause is to read, with what led to it, in place of what waited before. What was approved stays in force
 * until a second person approves this.
 * @param wording with the round whose clause it is, and the revision in whose place it is set, 0 where it had none
 * @param sources those of other consultations, and of comments that were not admitted, are left out
 * @param carried a wording of an earlier round that goes on as this one and waits no more itself
 * @throws Refused where somebody has set another since
 */
export async function rewordClause(
  db: Database,
  consultationId: string,
  wording: Pick<RevisedWording, 'round' | 'clause' | 'text' | 'reason'> & { revision: number },
  sources: Sources,
  act: Act,
  carried: Waiting | null = null,
): Promise<void> {
  const id = uuid()
  const { round, clause, text, reason, revision } = wording
  const said = { text, reason, staffId: act.staffId, updatedAt: act.now, returnNote: null, returnedBy: null }
  const undecided = { isApproved: false, approvedBy: null, approvedAt: null }
  await db.atomically((tx) => {
    const here = idOf(tx, consultationId, { round, clause, isApproved: false })
    return [
      tx
        .insert(revisedWordings)
        .values({ id, consultationId, round, clause, ...said, ...undecided })
        .onConflictDoUpdate({
          target: [
            revisedWordings.consultationId,
            revisedWordings.round,
            revisedWordings.clause,
            revisedWordings.isApproved,
          ],
          set: said,
        }),
      ...setSources(tx, consultationId, here, sources),
      ...(carried ? ended(tx, consultationId, carried, act) : []),
      raiseRevision(tx, consultationId),
      ...keepVersion(
        tx,
        versionedWording(consultationId, wording),
        { opened: revision, said: { text, reason, ...sources } },
        act,
      ),
      logAct(tx, act, 'wording.revise', consultationId, {
        ...{ round, clause, revision: revision + 1 },
        ...(carried ? { from: carried.round } : {}),
      }),
    ]
  })
}

/** A wording that waits, as somebody has read it. */
export type Waiting = Pick<RevisedWording, 'id' | 'round' | 'clause'>

/**
 * Approves a wording: from then on it is in the papers and in the next round, in place of what was approved before.
 * @param seen the revision that is meant; null: whatever stands
 * @param restores the clause reads again as it was put out, so that it has no wording any more
 * @throws Refused where it waits no more, was sent back, or reads otherwise by now, or `staffId` has proposed it
 */
export async function approveWording(
  db: Database,
  consultationId: string,
  wording: Waiting,
  { seen, restores }: { seen: number | null; restores: boolean },
  act: Act,
): Promise<void> {
  const { round, clause } = wording
  const approved = { isApproved: true, approvedBy: act.staffId, approvedAt: act.now }
  const mayBe = and(
    isWaiting(consultationId, wording),
    isNull(revisedWordings.returnNote),
    ne(revisedWordings.staffId, act.staffId),
  )
  await db.atomically((tx) => {
    const before = idOf(tx, consultationId, { round, clause, isApproved: true })
    return [
      ...forgetSources(tx, before),
      tx.delete(revisedWordings).where(isOf(consultationId, { round, clause, isApproved: true })),
      must(
        'stale',
        tx.update(revisedWordings).set(approved).where(mayBe).returning({ id: revisedWordings.id }),
      ),
      ...(seen === null ? [] : [stillAt(tx, versionedWording(consultationId, wording), seen)]),
      ...gatheredBehind(tx, idOf(tx, consultationId, { round, clause, isApproved: true })),
      ...(restores ? removed(tx, wording.id) : []),
      raiseRevision(tx, consultationId),
      logAct(tx, act, 'wording.approve', consultationId, { round, clause, revision: seen }),
    ]
  })
}

/** Sends a wording back with what is to be changed; what was approved stays. @throws Refused where it waits no more */
export async function returnWording(
  db: Database,
  consultationId: string,
  wording: Waiting,
  returnNote: string,
  act: Act,
): Promise<void> {
  const { round, clause } = wording
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(revisedWordings)
        .set({ returnNote, returnedBy: act.staffId })
        .where(isWaiting(consultationId, wording))
        .returning({ id: revisedWordings.id }),
    ),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'wording.return', consultationId, { round, clause }),
  ])
}

/** Takes back a wording that waits; what was approved stays. @throws Refused where it waits no more */
export async function dropWording(
  db: Database,
  consultationId: string,
  wording: Waiting,
  act: Act,
): Promise<void> {
  const { round, clause } = wording
  await db.atomically((tx) => [
    ...ended(tx, consultationId, wording, act),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'wording.drop', consultationId, { round, clause }),
  ])
}

function ended(tx: Query, consultationId: string, wording: Waiting, act: Act): Statement[] {
  return [
    // Locked first: what led to it is gone only where it still waits.
    must(
      'gone',
      tx
        .update(revisedWordings)
        .set({ isApproved: false })
        .where(isWaiting(consultationId, wording))
        .returning({ id: revisedWordings.id }),
    ),
    ...removed(tx, wording.id),
    keepRemoval(tx, versionedWording(consultationId, wording), act),
  ]
}

function removed(tx: Query, id: string): Statement[] {
  return [
    ...forgetSources(
      tx,
      tx.select({ id: revisedWordings.id }).from(revisedWordings).where(eq(revisedWordings.id, id)),
    ),
    tx.delete(revisedWordings).where(eq(revisedWordings.id, id)),
  ]
}

function isWaiting(consultationId: string, { id }: Waiting) {
  return and(
    eq(revisedWordings.id, id),
    eq(revisedWordings.consultationId, consultationId),
    eq(revisedWordings.isApproved, false),
  )
}

interface OfClause {
  round: number
  clause: string
  isApproved: boolean
}

function idOf(tx: Pick<Query, 'select'>, consultationId: string, of: OfClause) {
  return tx.select({ id: revisedWordings.id }).from(revisedWordings).where(isOf(consultationId, of))
}

function isOf(consultationId: string, { round, clause, isApproved }: OfClause) {
  return and(
    eq(revisedWordings.consultationId, consultationId),
    eq(revisedWordings.round, round),
    eq(revisedWordings.clause, clause),
    eq(revisedWordings.isApproved, isApproved),
  )
}

/** The wordings of a clause of a round, whatever rows held them one after the other. */
export function versionedWording(
  consultationId: string,
  { round, clause }: Pick<RevisedWording, 'round' | 'clause'>,
): Versioned {
  return { consultationId, kind: 'wording', row: `${round}-${clause}` }
}
