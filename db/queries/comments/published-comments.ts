import { and, desc, eq, like, lt } from 'drizzle-orm'
import { commentsAreShown } from '../../../server/rules/consultations/publication-policies.ts'
import type { Quote } from '../../../server/text/words/quotes.ts'
import type { Database } from '../../database.ts'
import { comments, confirmations, endorsementCounts, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealed.ts'
import { found } from '../../search.ts'
import type { Standing } from '../consultations/consultations.ts'
import { standingEndorsements } from './endorsements.ts'

/** A comment as the public may see it: nothing in it links two comments of one person. */
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
  /** The id after which the page begins. */
  after?: string
  /** Those that were published last come first, instead of those that came in last; then there are no further pages. */
  byPublication?: true
}

/** One page of published comments, newest first unless the filter says otherwise, and the id after which the next begins (null on the last). */
export async function publishedComments(
  { db, seals }: { db: Database; seals: Seals },
  consultation: Standing,
  filter: PublishedFilter,
  now: Date,
  size: number,
): Promise<{ comments: PublishedComment[]; next: string | null }> {
  if (!commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now))
    return { comments: [], next: null }
  const rows = await (looksFar(filter) ? db.slow : db.query)
    .select({
      id: comments.id,
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
        eq(comments.state, 'published'),
        filter.clause === undefined ? undefined : eq(comments.clause, filter.clause),
        filter.stance === undefined ? undefined : eq(comments.stance, filter.stance),
        filter.identity === undefined ? undefined : eq(submissions.identity, filter.identity),
        filter.region === undefined ? undefined : like(submissions.region, `${filter.region}%`),
        filter.words === undefined ? undefined : found('public', comments.number, filter.words),
        filter.id === undefined ? undefined : eq(comments.id, filter.id),
        filter.after === undefined ? undefined : lt(comments.id, filter.after),
      ),
    )
    .orderBy(...(filter.byPublication ? [desc(comments.publishedAt)] : []), desc(comments.id))
    .limit(size + 1)
  const page = rows.slice(0, size)
  return {
    comments: page.map((row) => asPublished(seals, row)),
    next: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  }
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
