import { and, asc, desc, eq, isNotNull, isNull, lt, ne, notExists } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must, type Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { intakeListEntries, intakeLists } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { unmarked } from '../faults.ts'
import { type IntakeList, type ListedLetter, sealedPlace } from './intake-letters.ts'

/** Freezes a list for its preview; nothing of it is a submission yet. @returns its id */
export async function prepareList(
  db: Database,
  seals: Seals,
  { consultationId, round, fileName }: Pick<IntakeList, 'consultationId' | 'round' | 'fileName'>,
  letters: readonly ListedLetter[],
  act: Act,
): Promise<string> {
  const id = uuid()
  const sealedLetters = () =>
    letters.map((letter, position) => ({
      listId: id,
      position,
      sealed: seals.seal(JSON.stringify(letter), sealedPlace(id, position)),
      submissionId: null,
    }))
  await atomicallySealed(db, seals, (tx) => [
    tx.insert(intakeLists).values({
      id,
      consultationId,
      round,
      fileName,
      digest: seals.hash('intake list', JSON.stringify(letters)),
      letters: letters.length,
      comments: letters.reduce((sum, { submission }) => sum + submission.comments.length, 0),
      state: 'prepared',
      staffId: act.staffId,
      createdAt: act.now,
    }),
    ...batchesOf(sealedLetters(), 500).map((batch) => tx.insert(intakeListEntries).values(batch)),
  ])
  return id
}

/** A list of this member of staff; null where there is none. */
export async function findList(db: Database, id: string, staffId: string): Promise<IntakeList | null> {
  const [row] = await db.query
    .select()
    .from(intakeLists)
    .where(and(eq(intakeLists.id, id), eq(intakeLists.staffId, staffId)))
  return row ?? null
}

/** The latest lists of this member of staff, the newest first. */
export function listsOf(db: Database, staffId: string): Promise<IntakeList[]> {
  return db.query
    .select()
    .from(intakeLists)
    .where(eq(intakeLists.staffId, staffId))
    .orderBy(desc(intakeLists.id))
    .limit(20)
}

/** When the same letters were confirmed before, whoever did it; null where they were not. */
export async function sameListBefore(db: Database, { id, digest }: IntakeList): Promise<Date | null> {
  const [row] = await db.query
    .select({ createdAt: intakeLists.createdAt })
    .from(intakeLists)
    .where(and(eq(intakeLists.digest, digest), ne(intakeLists.id, id), ne(intakeLists.state, 'prepared')))
    .orderBy(asc(intakeLists.id))
    .limit(1)
  return row?.createdAt ?? null
}

/** Confirms a list. @throws Refused where that has been done */
export async function startList(
  db: Database,
  { id, staffId, letters, comments }: IntakeList,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(intakeLists)
        .set({ state: 'running' })
        .where(and(eq(intakeLists.id, id), eq(intakeLists.state, 'prepared')))
        .returning({ id: intakeLists.id }),
    ),
    logAct(tx, { staffId, now }, 'intake_list.start', id, { letters, comments }),
  ])
}

/** Drops a list that was not confirmed. @throws Refused where it was */
export async function dropList(db: Database, { id }: Pick<IntakeList, 'id'>): Promise<void> {
  await db.atomically((tx) => [
    // The entries first, for their reference; the list decides whether they may go.
    tx
      .delete(intakeListEntries)
      .where(and(eq(intakeListEntries.listId, id), isNull(intakeListEntries.submissionId))),
    must(
      'stale',
      tx
        .delete(intakeLists)
        .where(and(eq(intakeLists.id, id), eq(intakeLists.state, 'prepared')))
        .returning({ id: intakeLists.id }),
    ),
  ])
}

/** Lists that nobody confirmed and that were prepared before this moment, without those that are marked. */
export async function staleLists(db: Database, before: Date, most: number): Promise<string[]> {
  const { id, state, createdAt } = intakeLists
  const rows = await db.query
    .select({ id })
    .from(intakeLists)
    .where(and(eq(state, 'prepared'), lt(createdAt, before), unmarked(db.query, 'stale_lists', id)))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** Confirmed lists whose letters are all stored, without those that are marked. */
export async function storedLists(db: Database, most: number): Promise<string[]> {
  const { id, state } = intakeLists
  const rows = await db.query
    .select({ id })
    .from(intakeLists)
    .where(and(eq(state, 'running'), isStored(db.query), unmarked(db.query, 'ended_lists', id)))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** Ends a list whose letters are all stored. */
export async function finishList(db: Database, { id }: Pick<IntakeList, 'id'>, now: Date): Promise<void> {
  await db.atomically((tx) => [
    tx
      .update(intakeLists)
      .set({ state: 'done', finishedAt: now })
      .where(and(eq(intakeLists.id, id), eq(intakeLists.state, 'running'), isStored(tx))),
  ])
}

function isStored(tx: Reads) {
  const { listId, sealed } = intakeListEntries
  const waiting = tx
    .select({ listId })
    .from(intakeListEntries)
    .where(and(eq(listId, intakeLists.id), isNotNull(sealed)))
  return notExists(waiting)
}

function batchesOf<Row>(rows: Row[], size: number): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
