import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Draft } from '../../server/text/outline.ts'
import type { Repair } from '../../server/text/repair.ts'
import type { Query } from '../atomically.ts'
import { type Database, must } from '../open.ts'
import { prepared } from '../prepared.ts'
import { consultations, log, type Region, rounds, staffRoles } from '../schema/index.ts'
import { insertUnits, roundUnits, type StoredUnit } from './units.ts'

export type Consultation = typeof consultations.$inferSelect
/** What its state and its kept pages follow from, and its short facts. */
export type Standing = Pick<
  Consultation,
  | 'id'
  | 'slug'
  | 'title'
  | 'organ'
  | 'publicationPolicy'
  | 'opensAt'
  | 'closesAt'
  | 'publishedAt'
  | 'suspendedAt'
  | 'outcomeAt'
  | 'revision'
>
export type Round = typeof rounds.$inferSelect
export type { StoredUnit } from './units.ts'

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

/** Whether anything has been put in yet. */
export async function hasConsultations(db: Database): Promise<boolean> {
  const rows = await db.query.select({ id: consultations.id }).from(consultations).limit(1)
  return rows.length > 0
}

const published = prepared('public_consultations', (query) =>
  query
    .select()
    .from(consultations)
    .where(isNotNull(consultations.publishedAt))
    .orderBy(desc(consultations.opensAt), desc(consultations.id)),
)

/** Every consultation that the public may see, the newest opening first. */
export function publicConsultations(db: Database): Promise<Consultation[]> {
  return published(db).execute()
}

const bySlug = prepared('consultation_by_slug', (query) =>
  query
    .select()
    .from(consultations)
    .where(eq(consultations.slug, sql.param(sql.placeholder('slug'), consultations.slug)))
    .limit(1),
)

const standingBySlug = prepared('standing_by_slug', (query) =>
  query
    .select({
      id: consultations.id,
      slug: consultations.slug,
      title: consultations.title,
      organ: consultations.organ,
      publicationPolicy: consultations.publicationPolicy,
      opensAt: consultations.opensAt,
      closesAt: consultations.closesAt,
      publishedAt: consultations.publishedAt,
      suspendedAt: consultations.suspendedAt,
      outcomeAt: consultations.outcomeAt,
      revision: consultations.revision,
    })
    .from(consultations)
    .where(eq(consultations.slug, sql.param(sql.placeholder('slug'), consultations.slug)))
    .limit(1),
)

/** The same without its long texts and settings, which a page that is kept need not read again. */
export async function findStanding(db: Database, slug: string): Promise<Standing | null> {
  const [row] = await standingBySlug(db).execute({ slug })
  return row ?? null
}

/** The consultation at this address, published or not; null where there is none. */
export async function findConsultation(db: Database, slug: string): Promise<Consultation | null> {
  const [row] = await bySlug(db).execute({ slug })
  return row ?? null
}

/** The consultation of this id; null where there is none. */
export async function consultationById(db: Database, id: string): Promise<Consultation | null> {
  const [row] = await db.query.select().from(consultations).where(eq(consultations.id, id)).limit(1)
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

/**
 * Stores a consultation with its first round, all or nothing.
 * @param source the text from which `draft` was read, kept for the completeness proof
 * @param publishedAt null leaves both as drafts that only the office sees
 * @returns the consultation's id
 * @throws Refused where the slug is taken
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
  const document = { draft, source, fileName: null, notes: [], repairs: [] }
  await db.atomically((tx) => founding(tx, id, facts, document, { now, publishedAt, staffId: null }))
  return id
}

/**
 * Stores what somebody puts up; a drafter is given the right to work on it.
 * @param staffId null for the operator at the command line
 * @param publishedAt null leaves it as a draft that only the office sees
 * @returns the consultation's id
 * @throws Refused where the slug is taken
 */
export async function putUpConsultation(
  db: Database,
  facts: NewConsultation,
  document: ReadDocument,
  { staffId, now }: { staffId: string | null; now: Date },
  publishedAt: Date | null = null,
): Promise<string> {
  const id = uuid()
  await db.atomically((tx) => [
    ...founding(tx, id, facts, document, { now, publishedAt, staffId }),
    ...(staffId ? [tx.insert(staffRoles).values({ staffId, role: 'drafter', consultationId: id })] : []),
    tx.insert(log).values({
      at: now,
      staffId,
      act: publishedAt ? 'consultation.publish' : 'consultation.create',
      subject: id,
      detail: { slug: facts.slug, units: document.draft.units.length },
    }),
  ])
  return id
}

function founding(
  tx: Query,
  id: string,
  facts: NewConsultation,
  document: ReadDocument,
  { now, publishedAt, staffId }: { now: Date; publishedAt: Date | null; staffId: string | null },
) {
  const roundId = uuid()
  const { draft, source, fileName, notes, repairs } = document
  const period = publishedAt ? { opensAt: facts.opensAt, closesAt: facts.closesAt } : {}
  return [
    must(
      tx
        .insert(consultations)
        .values({ id, ...facts, publishedAt, createdBy: staffId, revision: 1, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: consultations.id }),
      'slug',
    ),
    tx.insert(rounds).values({
      id: roundId,
      consultationId: id,
      number: 1,
      title: draft.title,
      source,
      artefacts: draft.artefacts,
      fileName,
      notes,
      repairs,
      version: 1,
      ...period,
      publishedAt,
      createdBy: staffId,
      createdAt: now,
    }),
    ...insertUnits(tx, roundId, draft.units),
  ]
}

/** The statement that makes every cached page of a consultation stale. */
export function revise(tx: Pick<Database['query'], 'update'>, consultationId: string) {
  return tx
    .update(consultations)
    .set({ revision: sql`${consultations.revision} + 1` })
    .where(eq(consultations.id, consultationId))
}
