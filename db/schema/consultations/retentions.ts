import { index, instant, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'
import { consultations } from './consultations.ts'

/**
 * 保存期限: until when a consultation whose outcome is out keeps what says who sent its comments. It ends on the promised
 * day (YYYY-MM-DD, Shanghai), and never before the archive was taken over, which a person says.
 */
export const retentions = table(
  'retentions',
  {
    consultationId: text('consultation_id')
      .primaryKey()
      .references(() => consultations.id),
    promisedOn: text('promised_on').notNull(),
    archivedBy: text('archived_by').references(() => staff.id),
    archivedAt: instant('archived_at'),
    anonymisedAt: instant('anonymised_at'),
  },
  (t) => [index('retentions_promised').on(t.promisedOn)],
)
