import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { bandCount } from '../../../server/text/comparing/fingerprints.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { prepared } from '../../prepared.ts'
import { campaignMembers, campaigns, comments, fingerprintBands } from '../../schema/index.ts'
import { countAnswer, uncountAnswer } from '../comments/answer-counts.ts'
import { unmarked } from '../faults.ts'
import { answerAlike } from './alike-answers.ts'

export interface Texted {
  id: string
  number: number
  version: number
  consultationId: string
  body: string
}

/** What is compared of a comment. */
export const texted = {
  id: comments.id,
  number: comments.number,
  version: comments.version,
  consultationId: comments.consultationId,
  body: comments.body,
}

/** Comments whose present words have not been compared with the others', the oldest first, without those that are marked. */
export async function uncompared(db: Database, most: number): Promise<string[]> {
  const rows = await db.query
    .select({ id: comments.id })
    .from(comments)
    .where(and(isNull(comments.comparedAt), unmarked(db.query, 'campaigns', comments.id)))
    .orderBy(asc(comments.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** What is compared of those of these comments that still wait for it, the oldest first. */
export function uncomparedTexts(db: Database, ids: string[]): Promise<Texted[]> {
  return db.query
    .select(texted)
    .from(comments)
    .where(and(inArray(comments.id, ids), isNull(comments.comparedAt)))
    .orderBy(asc(comments.number))
}

/**
 * The statement after which a comment is not compared again. It refuses its list where the author has revised or
 * withdrawn it meanwhile: nothing may be kept of words that are gone.
 */
export function markCompared(tx: Query, { id, version }: Texted, comparedAt: Date): Statement {
  return must('stale', setCompared(tx, { id, version, comparedAt }))
}

const setCompared = filled(
  (tx: Query, { comparedAt, ...said }: Pick<Texted, 'id' | 'version'> & { comparedAt: Date }) =>
    tx.update(comments).set({ comparedAt }).where(stillSays(said)).returning({ id: comments.id }),
)

/** The statement that refuses its list where a comment does not say any more what another was compared with. */
export function holdWords(tx: Query, comment: Pick<Texted, 'id' | 'version'>): Statement {
  return must('stale', hold(tx, { id: comment.id, version: comment.version }))
}

const hold = filled((tx: Query, said: Pick<Texted, 'id' | 'version'>) =>
  heldRow(tx.select({ id: comments.id }).from(comments).where(stillSays(said))),
)

function stillSays({ id, version }: Pick<Texted, 'id' | 'version'>) {
  return and(eq(comments.id, id), eq(comments.version, version), ne(comments.body, ''))
}

/** A comment that stands for itself, or for the campaign that it began. */
export interface Representative extends Texted {
  campaignId: string | null
}

const bandNames = Array.from({ length: bandCount }, (_, place) => `band${place}`)

const sharing = prepared('sharing_a_band', (query) =>
  query
    .selectDistinct({ ...texted, campaignId: campaigns.id })
    .from(fingerprintBands)
    .innerJoin(comments, eq(comments.id, fingerprintBands.commentId))
    .leftJoin(campaigns, eq(campaigns.representativeId, comments.id))
    .where(
      and(
        eq(
          fingerprintBands.consultationId,
          sql.param(sql.placeholder('consultationId'), fingerprintBands.consultationId),
        ),
        sql`${fingerprintBands.band} in (${sql.join(
          bandNames.map((name) => sql.param(sql.placeholder(name), fingerprintBands.band)),
          sql`, `,
        )})`,
      ),
    ),
)

/**
 * The comments that may be alike: they share a band, and stand for themselves or for a campaign.
 * @param bands all of a fingerprint
 */
export function sharingABand(
  db: Database,
  consultationId: string,
  bands: string[],
): Promise<Representative[]> {
  return sharing(db).execute({ consultationId, ...named(bands) })
}

function named(bands: string[]): Record<string, string> {
  return Object.fromEntries(bandNames.map((name, place) => [name, bands[place] ?? '']))
}

/** The statement that keeps the fingerprint of a comment that is like no other yet. */
export function keepBands(tx: Query, { id: commentId, consultationId }: Texted, bands: string[]): Statement {
  return insertBands(tx, { commentId, consultationId, ...named(bands) })
}

const insertBands = filled((tx: Query, { commentId, consultationId, ...bands }: Record<string, string>) =>
  tx
    .insert(fingerprintBands)
    .values(bandNames.map((name) => ({ commentId, consultationId, band: bands[name] })) as Band[])
    .onConflictDoNothing(),
)
type Band = typeof fingerprintBands.$inferInsert

/** The statements that begin a campaign with its first comment. */
export function beginCampaign(tx: Query, id: string, first: Texted, createdAt: Date): Statement[] {
  const { id: representativeId, consultationId } = first
  return [
    tx.insert(campaigns).values({ id, consultationId, representativeId, count: 1, createdAt }),
    tx.insert(campaignMembers).values({
      campaignId: id,
      commentId: representativeId,
      similarity: 1000,
      identical: true,
      takenOut: false,
    }),
  ]
}

/** The statements that put a comment into a campaign, and give it the campaign's answer. @param similarity to its first comment, from 0 to 1 */
export function joinCampaign(
  tx: Query,
  campaignId: string,
  { id: commentId }: Texted,
  { similarity, identical }: { similarity: number; identical: boolean },
): Statement[] {
  const alike = { similarity: Math.round(similarity * 1000), identical, takenOut: false }
  return [
    insertMember(tx, { campaignId, commentId, ...alike }),
    countMember(tx, { campaignId }),
    // Counted anew, whether it had an answer already or has one from now on.
    ...uncountAnswer(tx, commentId),
    ...answerAlike(tx, commentId),
    ...countAnswer(tx, commentId),
  ]
}

const insertMember = filled((tx: Query, member: typeof campaignMembers.$inferInsert) =>
  tx.insert(campaignMembers).values(member),
)
const countMember = filled((tx: Query, { campaignId }: { campaignId: string }) =>
  tx
    .update(campaigns)
    .set({ count: sql`${campaigns.count} + 1` })
    .where(eq(campaigns.id, campaignId)),
)
