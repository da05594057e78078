import type { Quote } from '../../../server/text/words/quotes.ts'
import { instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { comments } from './submissions.ts'

/** The words of a comment before its author revised it, or whoever entered its letter put them right. */
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
    /** The clause that it was on, where whoever entered it put that right; null: the one that it was on after it. */
    clause: text('clause'),
    /** When these words were replaced. */
    replacedAt: instant('replaced_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.version] })],
)
