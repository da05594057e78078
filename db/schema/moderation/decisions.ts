import { sql } from 'drizzle-orm'
import { boolean, index, instant, integer, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'
import { bulks } from './bulks.ts'

/** 审核决定: one moderator's ruling on one version of a comment. One per round of review: the unique index is the race's guard. */
export const decisions = table(
  'decisions',
  {
    id: text('id').primaryKey(),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    review: integer('review').notNull(),
    version: integer('version').notNull(),
    admission: text('admission').notNull(),
    publication: text('publication').notNull(),
    reason: text('reason'),
    note: text('note'),
    /** 已转办: handed to where the matter belongs. */
    transferred: boolean('transferred').notNull(),
    /** The second moderator, where the consultation asks for two. */
    agreedBy: text('agreed_by').references(() => staff.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
    /** The bulk of which it was one. */
    bulkId: text('bulk_id').references(() => bulks.id),
  },
  (t) => [
    uniqueIndex('decisions_review').on(t.commentId, t.review),
    index('decisions_staff').on(t.staffId, t.createdAt),
    // The part of an id that is chance alone, by which samples are drawn.
    index('decisions_agreed').on(t.agreedBy, t.createdAt).where(sql`agreed_by is not null`),
    index('decisions_bulk').on(t.bulkId, t.id).where(sql`bulk_id is not null`),
    index('decisions_lot').on(sql`substr("id", 27)`),
  ],
)

/** What one moderator holds in a round of review in which two have to agree; a decision follows when they do. */
export const votes = table(
  'votes',
  {
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    review: integer('review').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    version: integer('version').notNull(),
    admission: text('admission').notNull(),
    publication: text('publication').notNull(),
    reason: text('reason'),
    note: text('note'),
    transferred: boolean('transferred').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.review, t.staffId] })],
)

/** Which decisions of a consultation need a second moderator; without a row, none. */
export const moderationRules = table('moderation_rules', {
  consultationId: text('consultation_id')
    .primaryKey()
    .references(() => consultations.id),
  /** negative (refusals and withholdings) or all. */
  agreement: text('agreement').notNull(),
})
