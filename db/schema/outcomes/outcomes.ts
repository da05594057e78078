import type { OutcomeNumbers } from '../../../server/rules/outcomes/report-numbers.ts'
import { index, instant, integer, json, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/** 公开征求意见情况说明 with its adoption table; a correction is a new edition, and the old ones stay. */
export const outcomes = table(
  'outcomes',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    edition: integer('edition').notNull(),
    report: text('report').notNull(),
    numbers: json<OutcomeNumbers>('numbers').notNull(),
    /** What a later edition corrects; null for the first. */
    note: text('note'),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    publishedAt: instant('published_at').notNull(),
    /** When words of it were last hidden, after it was published; null where none were. */
    retractedAt: instant('retracted_at'),
  },
  (t) => [uniqueIndex('outcomes_edition').on(t.consultationId, t.edition)],
)

/** A row of the adoption table as it was published. `commentId` is null where the row is the office's 归纳 of `count`. */
export const outcomeRows = table(
  'outcome_rows',
  {
    outcomeId: text('outcome_id')
      .notNull()
      .references(() => outcomes.id),
    position: integer('position').notNull(),
    clause: text('clause').notNull(),
    commentId: text('comment_id').references(() => comments.id),
    /** The point of it that the row is about, which may be gone since; null where that is all of the comment. */
    pointId: text('point_id'),
    author: text('author').notNull(),
    body: text('body').notNull(),
    count: integer('count').notNull(),
    outcome: text('outcome').notNull(),
    reason: text('reason').notNull(),
    /** When its answer was last corrected before the edition was published, and why; null where it was not. */
    correctedAt: instant('corrected_at'),
    correctionCause: text('correction_cause'),
  },
  (t) => [primaryKey({ columns: [t.outcomeId, t.position] })],
)

/** The report being written; null paragraphs come from the data. One a consultation. */
export const outcomeDrafts = table('outcome_drafts', {
  consultationId: text('consultation_id')
    .primaryKey()
    .references(() => consultations.id),
  report: text('report').notNull(),
  updatedBy: text('updated_by')
    .notNull()
    .references(() => staff.id),
  updatedAt: instant('updated_at').notNull(),
})

/** 程序台账: a step of the procedure, with its day (YYYY-MM-DD, Shanghai) and its papers' number. */
export const procedureSteps = table(
  'procedure_steps',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    step: text('step').notNull(),
    heldOn: text('held_on').notNull(),
    documentNumber: text('document_number'),
    note: text('note'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('procedure_steps_consultation').on(t.consultationId, t.heldOn)],
)

/** A file of a step of 程序台账, or (`stepId` null) of 依据. It lies under DATA_DIR/procedure by its id. */
export const procedureFiles = table(
  'procedure_files',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    stepId: text('step_id').references(() => procedureSteps.id),
    name: text('name').notNull(),
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('procedure_files_consultation').on(t.consultationId, t.id)],
)

/** 送审材料: what somebody found of one of the materials that go up: it is there, it is missing, or it is not asked for. */
export const materials = table(
  'materials',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** As `materialNames` has it. */
    material: text('material').notNull(),
    /** attached, missing or not_applicable. */
    state: text('state').notNull(),
    reason: text('reason'),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    judgedAt: instant('judged_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.material] })],
)

/** 审查意见: what a review of the draft found (合法性审查, 公平竞争审查 …), and what was done about it (处理情况); null while nothing is. */
export const findings = table(
  'findings',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** As `reviewNames` has it. */
    review: text('review').notNull(),
    finding: text('finding').notNull(),
    handling: text('handling'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('findings_consultation').on(t.consultationId, t.id)],
)
