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
  },
  (t) => [index('examinations_unhandled').on(t.commentId).where(sql`unhandled > 0`)],
)

/** What a version of a redacted comment said, sealed; the comment itself holds the public text. */
export const originals = table(
  'originals',
  {
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    version: integer('version').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.version] })],
)
