import { and, desc, eq, gte, like, sql } from 'drizzle-orm'
import type { PublicationPlace } from '../../../server/rules/comments/publication-places.ts'
import { commentsAreShown } from '../../../server/rules/consultations/publication-policies.ts'
import type { Quote } from '../../../server/text/words/quotes.ts'
import type { Database } from '../../database.ts'
import { comments, confirmations, endorsementCounts, isPublished, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { found } from '../../search.ts'
import type { Standing } from '../consultations/consultations.ts'
import { standingEndorsements } from './endorsements.ts'

/** A comment as the public may see it, under its public id: nothing in it links two comments of one person. */
export interface PublishedComment {
  id: string
  clause: string
  round: number
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  quote: Quote | null
  identity: string
  /** Masked, or whole where the person consented to that; null where none was given. */
  name: string | null
  /** Its name is null until staff have confirmed it (跟帖评论服务管理规定 art. 4). */
  organisation: { name: string | null } | null
  region: string | null
  /** 附议, in 人次; nobody is verified. */
  endorsements: number
  createdAt: Date
  publishedAt: Date | null
}

interface PublishedFilter {
  clause?: string
  stance?: string
  identity?: string
  /** A city, with all that is in it. */
  region?: string
  /** Words that the comment's public text holds. */
  words?: string
  id?: string
  /** Published at that time or later. */
  since?: Date
  /** Where the page before it ended. */
  after?: PublicationPlace
}

/** One page of published comments, the last day of publication first, and where it ends (null on the last page). */
export async function publishedComments(
  { db, seals }: { db: Database; seals: Seals },
  consultation: Standing,
  filter: PublishedFilter,
  now: Date,
  size: number,
): Promise<{ comments: PublishedComment[]; next: PublicationPlace | null }> {
  if (!commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now))
    return { comments: [], next: null }
  const rows = await (looksFar(filter) ? db.slow : db.query)
    .select({
      id: comments.publicId,
      clause: comments.clause,
      round: comments.round,
      stance: comments.stance,
      body: comments.body,
      proposal: comments.proposal,
      wording: comments.wording,
      quote: comments.quote,
      identity: submissions.identity,
      region: submissions.region,
      endorsements: standingEndorsements(),
      createdAt: comments.createdAt,
      publishedAt: comments.publishedAt,
      publishedDay: comments.publishedDay,
      submissionId: submissions.id,
      sealedName: submissions.name,
      maskedName: submissions.maskedName,
      showName: submissions.showName,
      sealedOrganisation: submissions.organisation,
      isConfirmed: confirmations.submissionId,
    })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(endorsementCounts, eq(endorsementCounts.commentId, comments.id))
    .leftJoin(confirmations, eq(confirmations.submissionId, submissions.id))
    .where(
      and(
        eq(comments.consultationId, consultation.id),
        isPublished,
        filter.clause === undefined ? undefined : eq(comments.clause, filter.clause),
        filter.stance === undefined ? undefined : eq(comments.stance, filter.stance),
        filter.identity === undefined ? undefined : eq(submissions.identity, filter.identity),
        filter.region === undefined ? undefined : like(submissions.region, `${filter.region}%`),
        filter.words === undefined ? undefined : found('public', comments.number, filter.words),
        filter.id === undefined ? undefined : eq(comments.publicId, filter.id),
        filter.since === undefined ? undefined : gte(comments.publishedAt, filter.since),
        filter.after === undefined
          ? undefined
          : sql`(${comments.publishedDay}, ${comments.publicId}) < (${filter.after.day}, ${filter.after.id})`,
      ),
    )
    .orderBy(desc(comments.publishedDay), desc(comments.publicId))
    .limit(size + 1)
  const page = rows.slice(0, size)
  const last = rows.length > size ? page.at(-1) : undefined
  return {
    comments: page.map((row) => asPublished(seals, row)),
    next: last?.publishedDay ? { day: last.publishedDay, id: last.id } : null,
  }
}

/** When the comment was published that so many were published after; null where there are fewer. */
export async function publishedBefore(
  db: Database,
  consultationId: string,
  later: number,
): Promise<Date | null> {
  const [row] = await db.query
    .select({ publishedAt: comments.publishedAt })
    .from(comments)
    .where(and(eq(comments.consultationId, consultationId), isPublished))
    .orderBy(desc(comments.publishedAt))
    .limit(1)
    .offset(later)
  return row?.publishedAt ?? null
}

/** Few comments may be left by what no index narrows: then all are gone through for one page. */
function looksFar({ stance, identity, region, words }: PublishedFilter): boolean {
  return [stance, identity, region, words].some((narrowed) => narrowed !== undefined)
}

interface Sealed {
  submissionId: string
  sealedName: string | null
  maskedName: string | null
  showName: boolean
  sealedOrganisation: string | null
  isConfirmed: string | null
}

/** Masks what has no consent or no proof; what links two comments of one person is left behind. */
function asPublished(
  seals: Seals,
  row: Sealed & Omit<PublishedComment, 'name' | 'organisation'>,
): PublishedComment {
  const { submissionId, sealedName, maskedName, showName, sealedOrganisation, isConfirmed, ...comment } = row
  const open = (sealed: string, column: string) =>
    seals.open(sealed, { table: 'submissions', column, row: submissionId })
  return {
    ...comment,
    name: showName && sealedName ? open(sealedName, 'name') : maskedName,
    organisation: sealedOrganisation
      ? { name: isConfirmed ? open(sealedOrganisation, 'organisation') : null }
      : null,
  }
}
