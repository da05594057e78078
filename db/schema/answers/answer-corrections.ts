import { sql } from 'drizzle-orm'
import { index, instant, integer, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { responses } from './responses.ts'

/**
 * 采纳情况的更正: what an approved answer is to say instead, by whom it was proposed and who decided on it. The answer in force
 * stays until a second person has approved it; what it said before is kept among its versions.
 */
export const answerCorrections = table(
  'answer_corrections',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    responseId: text('response_id')
      .notNull()
      .references(() => responses.id),
    /** The revision of the answer that it corrects. */
    revision: integer('revision').notNull(),
    outcome: text('outcome').notNull(),
    reason: text('reason').notNull(),
    summary: text('summary'),
    /** Why the answer is corrected, which the public reads. */
    cause: text('cause').notNull(),
    /** proposed, approved, returned or withdrawn. */
    state: text('state').notNull(),
    proposedBy: text('proposed_by')
      .notNull()
      .references(() => staff.id),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: instant('decided_at'),
    /** What the approver wants changed; null where it was not returned. */
    returnNote: text('return_note'),
  },
  (t) => [
    // An answer has one that waits.
    uniqueIndex('answer_corrections_waiting').on(t.responseId).where(sql`state = 'proposed'`),
    index('answer_corrections_response').on(t.responseId, t.id),
    index('answer_corrections_state').on(t.consultationId, t.state, t.id),
  ],
)
