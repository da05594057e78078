import type { ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import { index, instant, integer, json, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'

/**
 * A long paper in the making. Whichever node has time takes it; its file lies sealed under DATA_DIR/papers by its id
 * until `expiresAt`.
 */
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
    header: text('header').notNull(),
    filters: json<ReadingFilters>('filters').notNull(),
    /** The address under which the portal was asked, for links in the paper. */
    origin: text('origin').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** waiting, running, done, failed or cancelled. */
    state: text('state').notNull(),
    /** How often it was begun: what ends its process each time is not tried for ever. */
    attempts: integer('attempts').notNull(),
    /** Why it was not made, for whoever asked; null where nothing is known. */
    problem: text('problem'),
    /** Of `total` comments to read; 0 where it is not known yet. */
    done: integer('done').notNull(),
    total: integer('total').notNull(),
    fileName: text('file_name').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When whoever makes it last said so; one that has been silent for long has died with its node. */
    beatAt: instant('beat_at').notNull(),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at').notNull(),
    /** When it had to be made again, since words that it may hold were hidden; what was made before is not handed out. */
    remadeAt: instant('remade_at'),
  },
  (t) => [
    index('jobs_consultation').on(t.consultationId, t.id),
    index('jobs_state').on(t.state, t.id),
    index('jobs_expiry').on(t.expiresAt),
  ],
)
