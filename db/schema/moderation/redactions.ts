import { sql } from 'drizzle-orm'
import type { MarkedSpan } from '../../../server/rules/moderation/redactions.ts'
import { index, instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { comments } from '../submissions/submissions.ts'

/**
 * What one version of a comment was searched for, and what moderators have made of it. `unhandled` counts the spans
 * that nobody has judged yet.
 */
export const examinations = table(
  'examinations',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    version: integer('version').notNull(),
    spans: json<MarkedSpan[]>('spans').notNull(),
    unhandled: integer('unhandled').notNull(),
    /** Words of the list that it contains. */
    flagged: json<string[]>('flagged').notNull(),
    /** Rises with every change of a span; a change names the one it saw. */
    revision: integer('revision').notNull(),
    createdAt: instant('created_at').notNull(),
    /** By which rules it was searched (`rulesVersion`); null once a moderator has judged it: it is searched no more. */
    rules: integer('rules'),
  },
  (t) => [index('examinations_unhandled').on(t.commentId).where(sql`unhandled > 0`)],
)

/**
 * What a version of a comment said, sealed: of one that was redacted, whose row holds the public text; and of one that was
 * refused as unlawful, once its words are gone from everywhere else.
 */
export const originals = table(
  'originals',
  {
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    version: integer('version').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The end of the term for which a record of what is unlawful is kept; null: as long as the comment has words. */
    keptUntil: instant('kept_until'),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.version] }),
    index('originals_kept').on(t.keptUntil).where(sql`kept_until is not null`),
  ],
)
