import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Draft } from '../../server/text/outline.ts'
import { type Database, must } from '../open.ts'
import { consultations, type Region, rounds, units } from '../schema/index.ts'

export type Consultation = typeof consultations.$inferSelect
export type Round = typeof rounds.$inferSelect
export type StoredUnit = typeof units.$inferSelect

export interface NewConsultation {
  slug: string
  title: string
  organ: string
  documentType: string
  publicationPolicy: string
  explanation: string
  regions: Region[]
  opensAt: Date
  closesAt: Date
}

/** Whether anything has been put in yet. */
export async function hasConsultations(db: Database): Promise<boolean> {
  const rows = await db.query.select({ id: consultations.id }).from(consultations).limit(1)
  return rows.length > 0
}

/** Every consultation that the public may see, the newest opening first. */
export function publicConsultations(db: Database): Promise<Consultation[]> {
  return db.query
    .select()
    .from(consultations)
    .where(isNotNull(consultations.publishedAt))
    .orderBy(desc(consultations.opensAt), desc(consultations.id))
}

/** The consultation at this address, published or not; null where there is none. */
export async function findConsultation(db: Database, slug: string): Promise<Consultation | null> {
  const [row] = await db.query.select().from(consultations).where(eq(consultations.slug, slug)).limit(1)
  return row ?? null
}

/** The newest published round of a consultation, with its units in document order. */
export async function currentRound(
  db: Database,
  consultationId: string,
): Promise<(Round & { units: StoredUnit[] }) | null> {
  const [round] = await db.query
    .select()
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt)))
    .orderBy(desc(rounds.number))
    .limit(1)
  if (!round) return null
  return { ...round, units: await roundUnits(db, round.id) }
}

/** A round's units in document order. */
export function roundUnits(db: Database, roundId: string): Promise<StoredUnit[]> {
  return db.query.select().from(units).where(eq(units.roundId, roundId)).orderBy(asc(units.position))
}

/**
 * Stores a consultation with its first round, all or nothing.
 * @param source the text from which `draft` was read, kept for the completeness proof
 * @param publishedAt null leaves both as drafts that only the office sees
 */
export async function createConsultation(
  db: Database,
  facts: NewConsultation,
  draft: Draft,
  source: string,
  now: Date,
  publishedAt: Date | null,
): Promise<string> {
  const id = uuid()
  const roundId = uuid()
  const rows = draft.units.map((unit, position) => ({
    id: uuid(),
    roundId,
    position,
    kind: unit.kind,
    level: unit.level,
    label: unit.label,
    citation: unit.citation,
    heading: unit.heading,
    text: unit.text,
    key: unit.key,
    cells: unit.table ?? null,
  }))
  await db.atomically((tx) => [
    must(
      tx
        .insert(consultations)
        .values({ id, ...facts, publishedAt, revision: 1, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: consultations.id }),
    ),
    tx.insert(rounds).values({
      id: roundId,
      consultationId: id,
      number: 1,
      title: draft.title,
      source,
      artefacts: draft.artefacts,
      version: 1,
      ...(publishedAt ? { opensAt: facts.opensAt, closesAt: facts.closesAt } : {}),
      publishedAt,
      createdAt: now,
    }),
    ...batches(rows).map((batch) => tx.insert(units).values(batch)),
  ])
  return id
}

/** SQLite takes at most 32,766 values in one statement; a unit has eleven. */
function batches<Row>(rows: Row[]): Row[][] {
  const size = 500
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}

/** The statement that makes every cached page of a consultation stale. */
export function revise(tx: Pick<Database['query'], 'update'>, consultationId: string) {
  return tx
    .update(consultations)
    .set({ revision: sql`${consultations.revision} + 1` })
    .where(eq(consultations.id, consultationId))
}
