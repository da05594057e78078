import { boolean, index, instant, integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { comments } from '../submissions/submissions.ts'

/** 同类意见: comments whose texts are the same or nearly so, known by the one that came first. */
export const campaigns = table(
  'campaigns',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    representativeId: text('representative_id')
      .notNull()
      .references(() => comments.id),
    /** How many stand in it, the representative included; kept in the list in which one joins or leaves. */
    count: integer('count').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('campaigns_consultation').on(t.consultationId, t.count)],
)

/** A comment of a campaign. One that was taken out keeps its row, so that it is not put back. */
export const campaignMembers = table(
  'campaign_members',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /** Jaccard similarity to the representative, in thousandths. */
    similarity: integer('similarity').notNull(),
    identical: boolean('identical').notNull(),
    takenOut: boolean('taken_out').notNull(),
  },
  (t) => [index('campaign_members_campaign').on(t.campaignId, t.takenOut, t.commentId)],
)

/** One of the twenty bands of a comment's fingerprint: those that share one may be alike. */
export const fingerprintBands = table(
  'fingerprint_bands',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    band: text('band').notNull(),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
  },
  (t) => [
    primaryKey({ columns: [t.consultationId, t.band, t.commentId] }),
    index('fingerprint_bands_comment').on(t.commentId),
  ],
)

/**
 * Passages of the same comments (`server/text/comparing/passages.ts`), by their numbers since there are many: those that
 * share one may have a letter in common.
 */
export const passages = table(
  'passages',
  {
    /** 0, which no text has, where the comment's words are still to be read. */
    passage: integer('passage').notNull(),
    commentNumber: integer('comment_number')
      .notNull()
      .references(() => comments.number),
  },
  (t) => [
    primaryKey({ columns: [t.passage, t.commentNumber] }),
    index('passages_comment').on(t.commentNumber),
  ],
)
