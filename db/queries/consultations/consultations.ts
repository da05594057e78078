import { desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { lately } from '../../lately.ts'
import { changesPages } from '../../noticed-changes.ts'
import { prepared } from '../../prepared.ts'
import { consultations } from '../../schema/index.ts'

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
export const findStanding = lately(async (db, slug): Promise<Standing | null> => {
  const [row] = await standingBySlug(db).execute({ slug })
  return row ?? null
})

/** The consultation at this address, published or not; null where there is none. */
export async function findConsultation(db: Database, slug: string): Promise<Consultation | null> {
  const [row] = await bySlug(db).execute({ slug })
  return row ?? null
}

/** What the consultation at this address offers; null where there is none. */
export async function offersAt(db: Database, slug: string): Promise<Pick<Consultation, 'offers'> | null> {
  const [row] = await db.query
    .select({ offers: consultations.offers })
    .from(consultations)
    .where(eq(consultations.slug, slug))
  return row ?? null
}

/** The consultation of this id; null where there is none. */
export async function consultationById(db: Database, id: string): Promise<Consultation | null> {
  const [row] = await db.query.select().from(consultations).where(eq(consultations.id, id)).limit(1)
  return row ?? null
}

/** The statement that makes every cached page of a consultation stale. */
export function raiseRevision(tx: Pick<Query, 'update'>, consultationId: string) {
  return changesPages(raise(tx, { consultationId }))
}

const raise = filled((tx: Pick<Query, 'update'>, { consultationId }: { consultationId: string }) =>
  tx
    .update(consultations)
    .set({ revision: sql`${consultations.revision} + 1` })
    .where(eq(consultations.id, consultationId)),
)
