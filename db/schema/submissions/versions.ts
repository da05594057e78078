import type { Quote } from '../../../server/text/words/quotes.ts'
import { instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { comments } from './submissions.ts'

/** The words of a comment before its author revised it. */
export const versions = table(
  'versions',
  {
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    version: integer('version').notNull(),
    stance: text('stance').notNull(),
    body: text('body').notNull(),
    proposal: text('proposal'),
    wording: text('wording'),
    quote: json<Quote>('quote'),
    /** When these words were replaced. */
    replacedAt: instant('replaced_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.version] })],
)
