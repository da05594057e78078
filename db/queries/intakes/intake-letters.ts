import { and, asc, eq, gt, isNotNull, or, sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { intakeListEntries, intakeLists, intakes, submissions } from '../../schema/index.ts'
import { receiptSecrets } from '../../sealing/receipt-secrets.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { unmarked } from '../faults.ts'
import type { NewSubmission } from '../submissions/submissions.ts'
import { enterOffline, type Intake } from './intakes.ts'

export type IntakeList = typeof intakeLists.$inferSelect

/** One letter of a list, as it will be stored; `rows` are those of the table that it was read from. */
export interface ListedLetter {
  submission: NewSubmission
  intake: Omit<Intake, 'late'>
  rows: number[]
}

/** A page of a list's letters that are not stored yet, from this position on. */
export async function waitingLetters(
  db: Database,
  seals: Seals,
  { id }: Pick<IntakeList, 'id'>,
  after: number,
  size: number,
): Promise<(ListedLetter & { position: number })[]> {
  const rows = await db.query
    .select({ position: intakeListEntries.position, sealed: intakeListEntries.sealed })
    .from(intakeListEntries)
    .where(
      and(
        eq(intakeListEntries.listId, id),
        gt(intakeListEntries.position, after),
        isNotNull(intakeListEntries.sealed),
      ),
    )
    .orderBy(asc(intakeListEntries.position))
    .limit(size)
  return rows.map(({ position, sealed }) => ({ ...opened(seals, sealed ?? '', id, position), position }))
}

function opened(seals: Seals, sealed: string, listId: string, position: number): ListedLetter {
  return JSON.parse(seals.open(sealed, sealedPlace(listId, position)))
}

/** The keys of letters of confirmed lists that are not stored yet, the first list's first, without those that are marked. */
export async function unstoredLetters(db: Database, most: number): Promise<string[]> {
  const { listId, position, sealed } = intakeListEntries
  const key = sql`${listId} || ':' || cast(${position} as text)`
  const rows = await db.query
    .select({ listId, position })
    .from(intakeListEntries)
    .innerJoin(intakeLists, eq(intakeLists.id, listId))
    .where(
      and(eq(intakeLists.state, 'running'), isNotNull(sealed), unmarked(db.query, 'intake_letters', key)),
    )
    .orderBy(asc(listId), asc(position))
    .limit(most)
  return rows.map((row) => letterName(row.listId, row.position))
}

/** Those of these letters that are not stored yet, each with its list. @throws BrokenSeal */
export async function confirmedLetters(
  db: Database,
  seals: Seals,
  keys: string[],
): Promise<{ list: IntakeList; letter: ListedLetter & { position: number } }[]> {
  const { listId, position, sealed } = intakeListEntries
  const places = keys.map((key) => {
    const [id = '', place] = key.split(':')
    return and(eq(listId, id), eq(position, Number(place)))
  })
  const rows = await db.query
    .select({ list: intakeLists, position, sealed })
    .from(intakeListEntries)
    .innerJoin(intakeLists, eq(intakeLists.id, listId))
    .where(and(eq(intakeLists.state, 'running'), isNotNull(sealed), or(...places)))
    .orderBy(asc(listId), asc(position))
  return rows.map(({ list, position, sealed }) => ({
    list,
    letter: { ...opened(seals, sealed ?? '', list.id, position), position },
  }))
}

function letterName(listId: string, position: number): string {
  return `${listId}:${position}`
}

/** How many letters of a list have been stored. */
export function storedLetters(db: Database, { id }: Pick<IntakeList, 'id'>): Promise<number> {
  return db.query.$count(
    intakeListEntries,
    and(eq(intakeListEntries.listId, id), isNotNull(intakeListEntries.submissionId)),
  )
}

/** Stores a letter of a confirmed list as a submission, and forgets what was sealed of it. @throws UnstorableText */
export async function storeLetter(
  db: Database,
  seals: Seals,
  list: IntakeList,
  { position, submission, intake }: ListedLetter & { position: number },
  late: boolean,
  now: Date,
): Promise<void> {
  const key = letterKey(list, position)
  const receipt = await enterOffline(
    db,
    seals,
    submission,
    { ...intake, late },
    key,
    { staffId: list.staffId, now },
    (tx, id) => [markStored(tx, list, position, id)],
  )
  if (receipt.createdAt.getTime() === now.getTime()) return
  // The same letters were confirmed before: this one is the submission that it was then.
  const [earlier] = await db.query
    .select({ id: submissions.id })
    .from(submissions)
    .where(eq(submissions.receiptNumber, receipt.number))
  if (earlier) await db.atomically((tx) => [markStored(tx, list, position, earlier.id)])
}

function markStored(tx: Query, { id }: IntakeList, position: number, submissionId: string) {
  return tx
    .update(intakeListEntries)
    .set({ submissionId, sealed: null })
    .where(and(eq(intakeListEntries.listId, id), eq(intakeListEntries.position, position)))
}

/** What names the attempt to store a letter: the same letter of the same list is stored once, whoever sends it again. */
function letterKey({ digest }: Pick<IntakeList, 'digest'>, position: number): string {
  return `list-${digest}-${position}`
}

/** The receipts of a list's letters, in their order, after this position. */
export async function listReceipts(
  db: Database,
  seals: Seals,
  list: Pick<IntakeList, 'id' | 'digest' | 'consultationId'>,
  after: number,
  size: number,
) {
  const rows = await db.query
    .select({
      position: intakeListEntries.position,
      number: submissions.receiptNumber,
      maskedName: submissions.maskedName,
      reference: intakes.reference,
      late: intakes.late,
      createdAt: submissions.createdAt,
    })
    .from(intakeListEntries)
    .innerJoin(submissions, eq(submissions.id, intakeListEntries.submissionId))
    .innerJoin(intakes, eq(intakes.submissionId, submissions.id))
    .where(and(eq(intakeListEntries.listId, list.id), gt(intakeListEntries.position, after)))
    .orderBy(asc(intakeListEntries.position))
    .limit(size)
  return rows.map((row) => ({
    ...row,
    code: receiptSecrets(
      seals,
      'submission',
      list.consultationId,
      letterKey(list, row.position),
      row.createdAt,
    ).code,
  }))
}

/** Where what is sealed of a letter lies. */
export function sealedPlace(listId: string, position: number) {
  return { table: 'intake_list_entries', column: 'sealed', row: letterName(listId, position) }
}
