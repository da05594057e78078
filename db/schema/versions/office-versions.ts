import { instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'

/**
 * 版本: what somebody of the office saved, every time. The newest is what stands, and its number is the revision that a form
 * carries; two who save over the same revision would write the same row, so one of them is refused.
 */
export const officeVersions = table(
  'office_versions',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** What kind of thing it is, as `versionKinds` has them. */
    kind: text('kind').notNull(),
    /** Which of its kind. */
    row: text('row_id').notNull(),
    /** 1, 2, 3 … */
    revision: integer('revision').notNull(),
    /** Its fields by their names; null where it was taken away. */
    said: json<Record<string, unknown>>('said'),
    /** Null where it was written before versions were kept, and is not known. */
    staffId: text('staff_id').references(() => staff.id),
    savedAt: instant('saved_at'),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.kind, t.row, t.revision] })],
)
