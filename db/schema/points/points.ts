import { sql } from 'drizzle-orm'
import { boolean, index, instant, integer, table, text } from '../../columns.ts'
import { responses } from '../answers/responses.ts'
import { consultations } from '../consultations/consultations.ts'
import { departments } from '../departments/departments.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'
import { themes } from '../themes/themes.ts'
import { concerns } from './concerns.ts'

/**
 * 具体意见: one thing that one comment says, and (`kind` no_proposal) a passage that asks for nothing, 未提具体意见. A span of
 * the comment's body as it is stored, in code points; what no span covers is an interlude. Of comments that were split
 * alone: another is its own one point, and has no row here.
 */
export const points = table(
  'points',
  {
    /** Chance alone: it stands in addresses and papers. */
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    /** point or no_proposal. */
    kind: text('kind').notNull(),
    /** 涉及条款（起草单位认定）, which may differ from the comment's own. */
    clause: text('clause').notNull(),
    stance: text('stance').notNull(),
    themeId: text('theme_id').references(() => themes.id),
    departmentId: text('department_id').references(() => departments.id),
    /** Until when that department has to answer it (YYYY-MM-DD, Shanghai; null: none set). */
    dueOn: text('due_on'),
    concernId: text('concern_id').references(() => concerns.id),
    responseId: text('response_id').references(() => responses.id),
    /**
     * Its words may propose a wording for its clause, or its comment's own proposal came with it from another clause: a
     * wider guess than what is found when these are read.
     */
    proposes: boolean('proposes').notNull(),
    /** Why a passage asks for nothing; null for a point. */
    reason: text('reason'),
    /** When its author said that the concern into which it was gathered does not say what was meant; null while nobody has. */
    objectedAt: instant('objected_at'),
    /** Who decided, hearing that, that it stays as it is; null while nobody has. */
    upheldBy: text('upheld_by').references(() => staff.id),
    /** Who agreed that a long passage asks for nothing; null where nobody has, or need. */
    confirmedBy: text('confirmed_by').references(() => staff.id),
    markedBy: text('marked_by')
      .notNull()
      .references(() => staff.id),
    markedAt: instant('marked_at').notNull(),
  },
  (t) => [
    index('points_comment').on(t.commentId, t.start),
    index('points_response').on(t.responseId, t.id),
    index('points_concern').on(t.concernId, t.id),
    index('points_department').on(t.departmentId, t.id),
    index('points_theme').on(t.themeId, t.id),
    // With the stance behind the order, a rare one is found without reading the points.
    index('points_clause').on(t.consultationId, t.kind, t.clause, t.id, t.stance),
    index('points_proposing').on(t.consultationId, t.clause, t.id).where(sql`proposes and kind = 'point'`),
    index('points_unanswered')
      .on(t.consultationId, t.clause, t.id)
      .where(sql`response_id is null and kind = 'point'`),
    index('points_objected')
      .on(t.consultationId, t.id)
      .where(sql`objected_at is not null and upheld_by is null`),
  ],
)

/** Its author objects, and nobody has decided yet. Without parameters, as its index is told it. */
export const isObjectedPoint = sql`(${points.objectedAt} is not null and ${points.upheldBy} is null)`
