import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { isPublicPlace, type PublicPlace, pagesOf } from '../../../server/rules/retractions/public-places.ts'
import { type Act, logAlone } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, consultations, retractedTexts, retractions, staff } from '../../schema/index.ts'
import type { SealedPlace, Seals } from '../../sealing/sealed.ts'
import type { Retracting, ToRetract } from './held-words.ts'

type Row = typeof retractedTexts.$inferInsert

/** What the record keeps of each text; of a comment only which one it was, since it still says what it said. */
export function retractedRows(
  seals: Seals,
  retractionId: string,
  { publishedAt, id: consultationId }: Retracting,
  { comments, texts, file }: Pick<ToRetract, 'comments' | 'texts' | 'file'>,
): Row[] {
  const ofComments = comments.map(({ id, publishedAt: since, isSigned, marks }) => {
    const place: PublicPlace = isSigned && !marks ? 'author' : 'comment'
    return { place, row: id, since, said: null }
  })
  const ofTexts = texts.map(({ source: { place }, key, since, said }) => ({
    place,
    row: key.join(' '),
    since: since ?? publishedAt,
    said: JSON.stringify(said),
  }))
  const ofFile = file
    ? [{ place: 'explanation_file', row: consultationId, since: publishedAt, said: null }]
    : []
  return [...ofComments, ...ofTexts, ...ofFile].map(({ said, ...row }, position) => ({
    ...row,
    retractionId,
    position,
    sealed: said === null ? null : seals.seal(said, textPlace(retractionId, position)),
  }))
}

/** Since when the first of them was public; null where that is not known of any. */
export function publicSince(rows: readonly Pick<Row, 'since'>[]): Date | null {
  const times = rows.flatMap(({ since }) => (since ? [since.getTime()] : []))
  return times.length > 0 ? new Date(Math.min(...times)) : null
}

/** The pages and files on which they stood. */
export function pagesHolding({
  comments,
  texts,
  file,
}: Pick<ToRetract, 'comments' | 'texts' | 'file'>): string[] {
  const pages = [
    ...comments.flatMap(({ publicId, clause }) => pagesOf('comment', { id: publicId, clause })),
    ...texts.flatMap(({ source }) => pagesOf(source.place)),
    ...(file ? pagesOf('explanation_file') : []),
  ]
  return [...new Set(pages)]
}

export function wordsPlace(retractionId: string): SealedPlace {
  return { table: 'retractions', column: 'words', row: retractionId }
}

export function textPlace(retractionId: string, position: number): SealedPlace {
  return { table: 'retracted_texts', column: 'sealed', row: `${retractionId} ${position}` }
}

const read = {
  id: retractions.id,
  consultationId: retractions.consultationId,
  slug: consultations.slug,
  title: consultations.title,
  cause: retractions.cause,
  words: retractions.words,
  fetched: retractions.fetched,
  by: staff.name,
  createdAt: retractions.createdAt,
}

/** One act of hiding, with who did it. */
export type Retraction = Awaited<ReturnType<typeof retractionsIn>>[number]

/** The newest of these consultations, the newest first. */
export async function retractionsIn(db: Database, consultationIds: readonly string[], most: number) {
  if (consultationIds.length === 0) return []
  return db.query
    .select(read)
    .from(retractions)
    .innerJoin(consultations, eq(consultations.id, retractions.consultationId))
    .innerJoin(staff, eq(staff.id, retractions.staffId))
    .where(inArray(retractions.consultationId, [...consultationIds]))
    .orderBy(desc(retractions.id))
    .limit(most)
}

/** null where there is none. */
export async function findRetraction(db: Database, id: string): Promise<Retraction | null> {
  const [row] = await db.query
    .select(read)
    .from(retractions)
    .innerJoin(consultations, eq(consultations.id, retractions.consultationId))
    .innerJoin(staff, eq(staff.id, retractions.staffId))
    .where(eq(retractions.id, id))
  return row ?? null
}

/** A text that words were taken from. */
export interface RetractedText {
  place: PublicPlace
  since: Date | null
  sealed: string | null
  position: number
  /** By its public id; null where it is none. */
  comment: { id: string; state: string } | null
}

/** The texts of a retraction, in the order in which they were found. */
export async function retractedTextsOf(db: Database, retractionId: string): Promise<RetractedText[]> {
  const { place, since, sealed, position, row } = retractedTexts
  const rows = await db.query
    .select({ place, since, sealed, position, id: comments.publicId, state: comments.state })
    .from(retractedTexts)
    .leftJoin(comments, and(eq(comments.id, row), inArray(place, ['comment', 'author'])))
    .where(eq(retractedTexts.retractionId, retractionId))
    .orderBy(asc(position))
  return rows.flatMap(({ id, state, place, ...text }) =>
    isPublicPlace(place) ? [{ ...text, place, comment: id && state ? { id, state } : null }] : [],
  )
}

/** The words that were hidden, for whoever may see them; that they saw them stands in the log. null: there were none. */
export async function viewWords(
  db: Database,
  seals: Seals,
  { id, words }: Pick<Retraction, 'id' | 'words'>,
  act: Act,
): Promise<string | null> {
  if (words === null) return null
  await logAlone(db, act, 'retraction.view_words', id)
  return seals.open(words, wordsPlace(id))
}

/** The statements after which nothing of a consultation says what was hidden; that it was, and when, stays. */
export function forgetRetracted(tx: Pick<Query, 'select' | 'update'>, consultationId: string) {
  const own = tx
    .select({ id: retractions.id })
    .from(retractions)
    .where(eq(retractions.consultationId, consultationId))
  return [
    tx.update(retractedTexts).set({ sealed: null }).where(inArray(retractedTexts.retractionId, own)),
    tx.update(retractions).set({ words: null }).where(eq(retractions.consultationId, consultationId)),
  ]
}
