import { sql } from 'drizzle-orm'
import { boolean, index, instant, integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { submissions } from '../submissions/submissions.ts'

/** 线下录入: how a submission came that staff entered. Days are YYYY-MM-DD, Shanghai. */
export const intakes = table(
  'intakes',
  {
    submissionId: text('submission_id')
      .primaryKey()
      .references(() => submissions.id),
    /** The day of receipt, or of the postmark where that is earlier. */
    receivedOn: text('received_on').notNull(),
    /** 来文文号, or whatever finds the paper again. */
    reference: text('reference'),
    /** 逾期: received after closing; counted apart. */
    late: boolean('late').notNull(),
    /** 到会人数, of the minutes of a meeting. */
    present: integer('present'),
    /** 代填: filled in for somebody who was there. */
    onBehalf: boolean('on_behalf').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('intakes_staff').on(t.staffId, t.createdAt),
    index('intakes_late').on(t.submissionId).where(sql`late`),
  ],
)

/** 批量录入: a table of letters that was read, frozen for its preview, and entered once confirmed. */
export const intakeLists = table(
  'intake_lists',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    round: integer('round').notNull(),
    fileName: text('file_name'),
    /** Keyed hash of what it holds: the same letters again are the same submissions. */
    digest: text('digest').notNull(),
    letters: integer('letters').notNull(),
    comments: integer('comments').notNull(),
    /** prepared, running or done. */
    state: text('state').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [index('intake_lists_staff').on(t.staffId, t.id), index('intake_lists_state').on(t.state, t.id)],
)

/** One letter of a list: sealed until it is a submission. */
export const intakeListEntries = table(
  'intake_list_entries',
  {
    listId: text('list_id')
      .notNull()
      .references(() => intakeLists.id),
    position: integer('position').notNull(),
    sealed: text('sealed'),
    submissionId: text('submission_id').references(() => submissions.id),
  },
  (t) => [primaryKey({ columns: [t.listId, t.position] })],
)

/** An organisation that proved to be who it says (跟帖评论服务管理规定 art. 4): its name may be shown. */
export const confirmations = table('confirmations', {
  submissionId: text('submission_id')
    .primaryKey()
    .references(() => submissions.id),
  /** 统一社会信用代码; null where a sealed letter was enough. */
  creditCode: text('credit_code'),
  /** What proved it: letter or code. */
  by: text('proved_by').notNull(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  createdAt: instant('created_at').notNull(),
})
