import { primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** Who holds a public office that comments on a consultation may name: their names stay. `office` may be ''. */
export const officeHolders = table(
  'office_holders',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    name: text('name').notNull(),
    office: text('office').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.name] })],
)
