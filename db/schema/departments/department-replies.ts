import { boolean, index, instant, integer, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { departments } from './departments.ts'

/**
 * 责任单位的答复意见: what a department proposes that the office answers. `kind` and `target` name the concern, point or
 * comment; it is kept as it was when that is merged or parted anew, so `target` refers to no row.
 */
export const departmentReplies = table(
  'department_replies',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    /** concern, point or comment. */
    kind: text('kind').notNull(),
    target: text('target').notNull(),
    outcome: text('outcome').notNull(),
    reason: text('reason').notNull(),
    /** draft, submitted or confirmed; what is confirmed never changes. */
    state: text('state').notNull(),
    /** Rises with every change; a change names the one it saw. */
    revision: integer('revision').notNull(),
    writtenBy: text('written_by')
      .notNull()
      .references(() => staff.id),
    writtenAt: instant('written_at').notNull(),
    confirmedBy: text('confirmed_by').references(() => staff.id),
    confirmedAt: instant('confirmed_at'),
    /** 函号, and the day of the letter (YYYY-MM-DD). */
    letterNumber: text('letter_number'),
    letterOn: text('letter_on'),
    /** The scan of the letter, which lies under this id; null where there is none. */
    fileId: text('file_id'),
    fileName: text('file_name'),
    fileSize: integer('file_size'),
    fileSha256: text('file_sha256'),
    /** What the head wants changed; null where nothing was sent back. */
    returnNote: text('return_note'),
  },
  (t) => [
    uniqueIndex('department_replies_target').on(t.departmentId, t.kind, t.target),
    index('department_replies_of').on(t.consultationId, t.kind, t.target),
  ],
)

/** 会签: what a department that was asked says of a concern. `position` is null while it has said nothing. */
export const cosignatures = table(
  'cosignatures',
  {
    /** A concern's id. It is kept when that is merged, so it refers to no row. */
    concernId: text('concern_id').notNull(),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    /** agree, differ or none. */
    position: text('position'),
    /** Why it differs. */
    note: text('note'),
    signedBy: text('signed_by').references(() => staff.id),
    signedAt: instant('signed_at'),
    /** What the office holds against a difference. */
    officePosition: text('office_position'),
    /** The difference was settled. */
    resolved: boolean('resolved').notNull(),
    askedBy: text('asked_by')
      .notNull()
      .references(() => staff.id),
    askedAt: instant('asked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.concernId, t.departmentId] }),
    index('cosignatures_department').on(t.departmentId, t.concernId),
  ],
)

/** 退回 and 申请延期: what a department asks of the office about one thing that it was given. */
export const departmentRequests = table(
  'department_requests',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    /** concern, point or comment. */
    kind: text('kind').notNull(),
    target: text('target').notNull(),
    /** return or extension. */
    asks: text('asks').notNull(),
    /** 建议责任单位 of what is returned. */
    unit: text('unit'),
    /** Until when an extension is asked for (YYYY-MM-DD). */
    dueOn: text('due_on'),
    reason: text('reason').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
    /** granted or refused; null while nobody has decided. */
    decision: text('decision'),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    index('department_requests_of').on(t.consultationId, t.decision, t.id),
    index('department_requests_target').on(t.departmentId, t.kind, t.target),
  ],
)
