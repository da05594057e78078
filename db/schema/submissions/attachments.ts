import { index, instant, integer, table, text } from '../../columns.ts'
import { submissions } from './submissions.ts'

/** A file that an organisation sent along. It lies under DATA_DIR/attachments by its id; staff alone may download it. */
export const attachments = table(
  'attachments',
  {
    id: text('id').primaryKey(),
    submissionId: text('submission_id')
      .notNull()
      .references(() => submissions.id),
    /** What the sender called it; sealed. */
    name: text('name').notNull(),
    /** pdf, docx, png or jpg, by what is in it. */
    type: text('type').notNull(),
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('attachments_submission').on(t.submissionId)],
)
