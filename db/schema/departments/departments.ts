import { boolean, index, instant, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/** 责任单位: who answers for clauses of a consultation. */
export const departments = table(
  'departments',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    name: text('name').notNull(),
    /** Whether its staff may see who sent what it answers. */
    opensNames: boolean('opens_names').notNull(),
    /** When it was said to answer no more: what it confirmed and signed stays its own. */
    closedAt: instant('closed_at'),
  },
  (t) => [uniqueIndex('departments_name').on(t.consultationId, t.name)],
)

/** The staff of a department; they see what is theirs. */
export const departmentStaff = table(
  'department_staff',
  {
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** 负责人: confirms what the department answers. */
    isHead: boolean('is_head').notNull(),
  },
  (t) => [primaryKey({ columns: [t.departmentId, t.staffId] })],
)

/** A clause that a department answers for, until a day (YYYY-MM-DD, Shanghai; null: none set). */
export const clauseDepartments = table(
  'clause_departments',
  {
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    clause: text('clause').notNull(),
    dueOn: text('due_on'),
  },
  (t) => [primaryKey({ columns: [t.departmentId, t.clause] })],
)

/** A single comment that another department answers for than its clause's, or that nobody else would. */
export const commentDepartments = table(
  'comment_departments',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    dueOn: text('due_on'),
  },
  (t) => [index('comment_departments_department').on(t.departmentId, t.commentId)],
)

/**
 * 部门意见: what a unit asked in writing answered. `reply` is opinion, none or no_reply.
 * An unresolved disagreement keeps both positions (国务院令第713号 arts. 13, 26).
 */
export const unitOpinions = table(
  'unit_opinions',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    unit: text('unit').notNull(),
    letterNumber: text('letter_number'),
    sentOn: text('sent_on').notNull(),
    dueOn: text('due_on'),
    repliedOn: text('replied_on'),
    reply: text('reply').notNull(),
    unitPosition: text('unit_position'),
    officePosition: text('office_position'),
    unresolved: boolean('unresolved').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('unit_opinions_unit').on(t.consultationId, t.unit, t.sentOn)],
)

/** What a unit said of one clause; `outcome` and `reason` are the office's answer. */
export const unitOpinionItems = table(
  'unit_opinion_items',
  {
    id: text('id').primaryKey(),
    opinionId: text('opinion_id')
      .notNull()
      .references(() => unitOpinions.id),
    clause: text('clause').notNull(),
    body: text('body').notNull(),
    outcome: text('outcome'),
    reason: text('reason'),
  },
  (t) => [index('unit_opinion_items_opinion').on(t.opinionId, t.id)],
)
