import { eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Draft } from '../../../server/text/outlining/outline.ts'
import type { Repair } from '../../../server/text/repairing/repair.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { mappings, rounds, units } from '../../schema/index.ts'
import { adoptReasons } from './change-reasons.ts'
import { changeDraft, type Round } from './rounds.ts'
import { insertUnits } from './units.ts'

/** A document as it was read: its text, the outline found in it, and what the reader had to say. */
export interface ReadDocument {
  draft: Draft
  source: string
  /** The name of the file; null for typed text. */
  fileName: string | null
  notes: string[]
  /** The steps that its heading styles called for; with them `source` reads as `draft`. */
  repairs: Repair[]
}

/** How the clauses of a draft came out of the round before; empty in a first round. */
export type Mapped = Pick<typeof mappings.$inferSelect, 'position' | 'relation' | 'from' | 'staffId'>[]

/**
 * Adds the next round as a draft that only the office sees.
 * @param document its draft's units bear their lasting keys
 * @throws Refused where somebody else has added it meanwhile
 */
export async function addRound(
  db: Database,
  consultationId: string,
  number: number,
  document: ReadDocument,
  mapped: Mapped,
  act: Act,
): Promise<void> {
  const id = uuid()
  const round = { id, consultationId, number, createdBy: act.staffId, createdAt: act.now }
  await db.atomically((tx) => [
    ...insertRound(tx, round, document),
    ...insertMappings(tx, id, mapped),
    adoptReasons(tx, consultationId, id, number),
    logAct(tx, act, 'round.import', consultationId, {
      round: number,
      units: document.draft.units.length,
    }),
  ])
}

/** The statements that store a round as it was read, with its units. */
export function insertRound(
  tx: Pick<Query, 'insert'>,
  round: Omit<typeof rounds.$inferInsert, keyof ReadDocument | 'title' | 'artefacts' | 'version'>,
  { draft, source, fileName, notes, repairs }: ReadDocument,
): Statement[] {
  const { title, artefacts, units } = draft
  return [
    must(
      'taken',
      tx
        .insert(rounds)
        .values({ ...round, title, artefacts, source, fileName, notes, repairs, version: 1 })
        .onConflictDoNothing()
        .returning({ id: rounds.id }),
    ),
    ...insertUnits(tx, round.id, units),
  ]
}

/**
 * Puts another document in the place of a round that is not published; its repairs are forgotten.
 * @throws Refused where the round is published, or somebody has changed it since it was read
 */
export async function replaceRound(
  db: Database,
  round: Round,
  document: ReadDocument,
  mapped: Mapped,
  act: Act,
): Promise<void> {
  const { draft, source, fileName, notes, repairs } = document
  await db.atomically((tx) => [
    must(
      'stale',
      changeDraft(tx, round, {
        title: draft.title,
        source,
        artefacts: draft.artefacts,
        fileName,
        notes,
        repairs,
        createdBy: act.staffId,
      }),
    ),
    ...replaceUnits(tx, round.id, draft, mapped),
    adoptReasons(tx, round.consultationId, round.id, round.number),
    logAct(tx, act, 'round.replace', round.consultationId, {
      round: round.number,
      units: draft.units.length,
    }),
  ])
}

/**
 * Stores the draft of a round as the recorded repairs make it.
 * @throws Refused where the round is published, or somebody has changed it since it was read
 */
export async function saveRepairs(
  db: Database,
  round: Round,
  repairs: Repair[],
  draft: Draft,
  mapped: Mapped,
  { staffId, now }: Act,
): Promise<void> {
  const act = repairs.length > (round.repairs?.length ?? 0) ? 'round.repair' : 'round.undo_repair'
  await db.atomically((tx) => [
    must('stale', changeDraft(tx, round, { title: draft.title, artefacts: draft.artefacts, repairs })),
    ...replaceUnits(tx, round.id, draft, mapped),
    logAct(tx, { staffId, now }, act, round.consultationId, {
      round: round.number,
      step: repairs.length,
      act: repairs.at(-1)?.act ?? null,
    }),
  ])
}

function replaceUnits(tx: Query, roundId: string, draft: Draft, mapped: Mapped) {
  return [
    tx.delete(mappings).where(eq(mappings.roundId, roundId)),
    tx.delete(units).where(eq(units.roundId, roundId)),
    ...insertUnits(tx, roundId, draft.units),
    ...insertMappings(tx, roundId, mapped),
  ]
}

function insertMappings(tx: Pick<Query, 'insert'>, roundId: string, mapped: Mapped) {
  return mapped.length === 0
    ? []
    : [tx.insert(mappings).values(mapped.map((mapping) => ({ roundId, ...mapping })))]
}
