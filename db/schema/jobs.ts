import { index, instant, integer, table, text } from '../columns.ts'
import { consultations } from './consultations.ts'
import { staff } from './staff.ts'

/** A long paper in the making; its file lies under DATA_DIR/papers by its id until `expiresAt`. */
export const jobs = table(
  'jobs',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    kind: text('kind').notNull(),
    format: text('format').notNull(),
    scope: text('scope').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** running, done, failed or cancelled. */
    state: text('state').notNull(),
    done: integer('done').notNull(),
    total: integer('total').notNull(),
    fileName: text('file_name').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When whoever makes it last said so; one that has been silent for long has died with its node. */
    beatAt: instant('beat_at').notNull(),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('jobs_consultation').on(t.consultationId, t.id), index('jobs_expiry').on(t.expiresAt)],
)
