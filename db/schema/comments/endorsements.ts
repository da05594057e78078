import { index, instant, integer, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { comments } from '../submissions/submissions.ts'

/** 附议: somebody says the same as a published comment. Nobody is verified, so it is counted apart from comments everywhere. */
export const endorsements = table(
  'endorsements',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    receiptNumber: text('receipt_number').notNull().unique(),
    codeHash: text('code_hash').notNull().unique(),
    idempotencyHash: text('idempotency_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('endorsements_idempotency').on(t.consultationId, t.idempotencyHash),
    index('endorsements_comment').on(t.commentId),
  ],
)

/** How many stand; kept in the same list as the endorsement. */
export const endorsementCounts = table('endorsement_counts', {
  commentId: text('comment_id')
    .primaryKey()
    .references(() => comments.id),
  count: integer('count').notNull(),
})
