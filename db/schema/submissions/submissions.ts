import { sql } from 'drizzle-orm'
import type { Quote } from '../../../server/text/words/quotes.ts'
import { boolean, index, instant, integer, json, sequence, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** 提交: one person's act, with its receipt. `name`, `organisation` and `contact` are sealed. */
export const submissions = table(
  'submissions',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    receiptNumber: text('receipt_number').notNull().unique(),
    codeHash: text('code_hash').notNull().unique(),
    idempotencyHash: text('idempotency_hash').notNull(),
    payloadHash: text('payload_hash').notNull(),
    channel: text('channel').notNull(),
    identity: text('identity').notNull(),
    name: text('name'),
    maskedName: text('masked_name'),
    showName: boolean('show_name').notNull(),
    organisation: text('organisation'),
    region: text('region'),
    contact: text('contact'),
    visibility: text('visibility').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it was taken up into its consultation's tree; null while it waits for that. */
    leafAt: instant('leaf_at'),
  },
  (t) => [
    uniqueIndex('submissions_idempotency').on(t.consultationId, t.idempotencyHash),
    // What few senders of a kind have sent is found without looking at what all others have.
    index('submissions_sender').on(t.consultationId, t.channel, t.identity, t.region),
    index('submissions_without_leaf').on(t.consultationId, t.createdAt, t.id).where(sql`leaf_at is null`),
  ],
)

/** 意见: one opinion on one clause (`clause` = its key) or on the whole draft (`clause` = 'draft'). */
export const comments = table(
  'comments',
  {
    number: sequence('number'),
    /** Tells when it came in and what came beside it: for seals, the log and what goes on behind, never for a page, an address or a file. */
    id: text('id').notNull().unique(),
    /** What pages, addresses and files call it; chance alone. */
    publicId: text('public_id').notNull().unique(),
    submissionId: text('submission_id')
      .notNull()
      .references(() => submissions.id),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    round: integer('round').notNull(),
    clause: text('clause').notNull(),
    stance: text('stance').notNull(),
    body: text('body').notNull(),
    proposal: text('proposal'),
    wording: text('wording'),
    quote: json<Quote>('quote'),
    state: text('state').notNull(),
    /** Rises when the citizen revises it; a decision names the version it read. */
    version: integer('version').notNull(),
    /** The round of review: a reopening or an appeal starts the next one. */
    review: integer('review').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The day in Shanghai of `createdAt`: the queue stands in its order, and within a day in that of `publicId`. */
    createdDay: text('created_day').notNull(),
    /** When the decision was made by which it has its state; null where it waits, or was withdrawn. */
    decidedAt: instant('decided_at'),
    publishedAt: instant('published_at'),
    /** The day in Shanghai of `publishedAt`: what is public stands in its order, and within a day in none that tells anything. */
    publishedDay: text('published_day'),
    /** When its present words were compared with the others'; null while they wait for it. */
    comparedAt: instant('compared_at'),
    /** Whether its present words are still to be searched for personal data, where it waits. */
    unexamined: boolean('unexamined').notNull(),
    /** How far it is answered, whole or in its points; kept in the lists that change the answers. */
    answered: text('answered').$type<Answered>().notNull(),
  },
  (t) => [
    index('comments_submission').on(t.submissionId),
    // With the stance behind the order, a rare one is found without reading the comments.
    index('comments_clause').on(t.consultationId, t.clause, t.state, t.id, t.stance),
    // For readings in any state: sorting a clause's comments for each page would cost the square of their number.
    index('comments_reading').on(t.consultationId, t.clause, t.id),
    // The time stands last so that what waits longest of a day, and what is late, is found without reading the comments.
    index('comments_queue').on(t.consultationId, t.state, t.createdDay, t.publicId, t.stance, t.createdAt),
    index('comments_queue_clause').on(
      t.consultationId,
      t.clause,
      t.state,
      t.createdDay,
      t.publicId,
      t.stance,
      t.createdAt,
    ),
    // What moderators look for again is what was decided last.
    index('comments_decided')
      .on(t.consultationId, t.state, t.decidedAt, t.publicId)
      .where(sql`decided_at is not null`),
    index('comments_published').on(t.consultationId, t.publishedAt).where(sql`state = 'published'`),
    index('comments_public')
      .on(t.consultationId, t.publishedDay, t.publicId, t.stance)
      .where(sql`state = 'published'`),
    index('comments_public_clause')
      .on(t.consultationId, t.clause, t.publishedDay, t.publicId, t.stance)
      .where(sql`state = 'published'`),
    // The first proposals on a clause are found without reading what proposes nothing; what waits is not in it.
    index('comments_proposing')
      .on(t.consultationId, t.clause, t.id)
      .where(sql`proposal is not null and state in ('published', 'withheld')`),
    // These two begin with what they are conditioned on: without statistics, or by old ones, SQLite would read all comments.
    index('comments_uncompared').on(t.comparedAt, t.id).where(sql`compared_at is null`),
    index('comments_unexamined').on(t.unexamined, t.state, t.id).where(sql`unexamined = true`),
    // What is still to be answered, or to be summed up, is found without reading what is done.
    index('comments_unanswered')
      .on(t.answered, t.consultationId, t.clause, t.id)
      .where(sql`answered = 'none' and state in ('published', 'withheld')`),
    index('comments_open')
      .on(t.consultationId, t.clause, t.id)
      .where(sql`answered in ('none', 'drafted') and state in ('published', 'withheld')`),
    index('comments_drafted')
      .on(t.answered, t.consultationId, t.clause)
      .where(sql`answered = 'drafted' and state in ('published', 'withheld')`),
    index('comments_bare')
      .on(t.answered, t.consultationId, t.state, t.clause, t.publicId)
      .where(sql`answered = 'bare' and state in ('published', 'withheld')`),
    // Withdrawn before withdrawing erased anything.
    index('comments_unerased').on(t.number).where(sql`state = 'withdrawn' and body <> ''`),
  ],
)

/**
 * Something that it says has no answer (`none`); all has one, and not all of these are approved (`drafted`); all are, one
 * of them without a 归纳 (`bare`), or with one each (`approved`).
 */
export type Answered = 'none' | 'drafted' | 'bare' | 'approved'

/** Without parameters, as their indexes are told it. */
export const isUnansweredComment = sql`(${comments.answered} = 'none' and ${comments.state} in ('published', 'withheld'))`
export const isOpenComment = sql`(${comments.answered} in ('none', 'drafted') and ${comments.state} in ('published', 'withheld'))`
export const isAnsweredInWork = sql`(${comments.answered} = 'drafted' and ${comments.state} in ('published', 'withheld'))`
export const isAnsweredBare = sql`(${comments.answered} = 'bare' and ${comments.state} in ('published', 'withheld'))`

/** Without parameters, as the index of proposals is told it: else it would not be used. */
export const isProposing = sql`(${comments.proposal} is not null and ${comments.state} in ('published', 'withheld'))`

/** Without a parameter, as the indexes of published comments are told it: else they would not be used. */
export const isPublished = sql`${comments.state} = 'published'`
