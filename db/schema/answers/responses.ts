import { boolean, index, instant, integer, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { campaigns } from '../campaigns/campaigns.ts'
import { consultations } from '../consultations/consultations.ts'
import { concerns } from '../points/concerns.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/**
 * 采纳情况: one answer to one comment or to many. It counts once a second person has approved it.
 * `summary` is the office's own 归纳 of what it answers: with it the adoption table has one row for all of them,
 * and only so may comments that are not public be in that table.
 */
export const responses = table(
  'responses',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    outcome: text('outcome').notNull(),
    reason: text('reason').notNull(),
    summary: text('summary'),
    /** The campaign that it answers: copies admitted later are under it too. Null for any other selection. */
    campaignId: text('campaign_id').references(() => campaigns.id),
    /** The concern that it answers, whose sentence `summary` then is; null for any other selection. */
    concernId: text('concern_id').references(() => concerns.id),
    /** draft, submitted or approved. */
    state: text('state').notNull(),
    draftedBy: text('drafted_by')
      .notNull()
      .references(() => staff.id),
    submittedAt: instant('submitted_at'),
    approvedBy: text('approved_by').references(() => staff.id),
    approvedAt: instant('approved_at'),
    /** What the approver wants changed; null where nothing was sent back. */
    returnNote: text('return_note'),
    /** When it was last corrected after it was approved, and why; null where it was not. */
    correctedAt: instant('corrected_at'),
    correctionCause: text('correction_cause'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('responses_state').on(t.consultationId, t.state, t.id),
    index('responses_campaign').on(t.campaignId),
    index('responses_concern').on(t.concernId),
  ],
)

/** Which comments a response answers; a comment has one answer. */
export const responseComments = table(
  'response_comments',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    responseId: text('response_id')
      .notNull()
      .references(() => responses.id),
  },
  (t) => [index('response_comments_response').on(t.responseId, t.commentId)],
)

/** A reason that is often given, to start from. */
export const responseTemplates = table(
  'response_templates',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    name: text('name').notNull(),
    outcome: text('outcome').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [uniqueIndex('response_templates_name').on(t.consultationId, t.name)],
)

/**
 * A round's clause as the office now words it, towards the next round or the published document. It counts once a second
 * person has approved it; one that waits for that stands beside the one that was approved before.
 */
export const revisedWordings = table(
  'revised_wordings',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    round: integer('round').notNull(),
    clause: text('clause').notNull(),
    text: text('text').notNull(),
    reason: text('reason').notNull(),
    /** Who proposed it. */
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    updatedAt: instant('updated_at').notNull(),
    isApproved: boolean('is_approved').notNull(),
    /** Null of those that stood before wordings were approved. */
    approvedBy: text('approved_by').references(() => staff.id),
    approvedAt: instant('approved_at'),
    /** What the approver wants changed, and who that is; null where it was not sent back. */
    returnNote: text('return_note'),
    returnedBy: text('returned_by').references(() => staff.id),
  },
  (t) => [uniqueIndex('revised_wordings_standing').on(t.consultationId, t.round, t.clause, t.isApproved)],
)

/** The comments that led to a revised wording. */
export const wordingComments = table(
  'wording_comments',
  {
    wordingId: text('wording_id')
      .notNull()
      .references(() => revisedWordings.id),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
  },
  (t) => [
    primaryKey({ columns: [t.wordingId, t.commentId] }),
    index('wording_comments_comment').on(t.commentId),
  ],
)

/**
 * The points that led to a revised wording; their comments stand in `wording_comments` too. A letter that is parted anew may
 * have others: what is named here is then no more there.
 */
export const wordingPoints = table(
  'wording_points',
  {
    wordingId: text('wording_id')
      .notNull()
      .references(() => revisedWordings.id),
    pointId: text('point_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wordingId, t.pointId] }), index('wording_points_point').on(t.pointId)],
)

/** The concerns that led to a revised wording, with all of their points. */
export const wordingConcerns = table(
  'wording_concerns',
  {
    wordingId: text('wording_id')
      .notNull()
      .references(() => revisedWordings.id),
    concernId: text('concern_id')
      .notNull()
      .references(() => concerns.id),
  },
  (t) => [
    primaryKey({ columns: [t.wordingId, t.concernId] }),
    index('wording_concerns_concern').on(t.concernId),
  ],
)
