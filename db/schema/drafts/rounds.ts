import type { Artefact } from '../../../server/text/outlining/outline.ts'
import type { Repair } from '../../../server/text/repairing/repair.ts'
import { index, instant, integer, json, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** One text put out for comment; a published round never changes. `source` is the text as it was read. */
export const rounds = table(
  'rounds',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    source: text('source').notNull(),
    artefacts: json<Artefact[]>('artefacts').notNull(),
    /** The name of the file it was read from, and what the reader had to say of it; null for typed text. */
    fileName: text('file_name'),
    notes: json<string[]>('notes'),
    /** 修订 to the outline by hand, in order; replaying them on the source gives the units. */
    repairs: json<Repair[]>('repairs'),
    /** Rises with each change while it is a draft; who changes it names the version that they saw. */
    version: integer('version').notNull(),
    /** The period for which it was put out; null while it is a draft, or where it was published without one. */
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    publishedAt: instant('published_at'),
    createdBy: text('created_by'),
    publishedBy: text('published_by'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('rounds_number').on(t.consultationId, t.number)],
)

/** A heading or a clause of a round, in document order. `key` is the clause's lasting key, null for headings. */
export const units = table(
  'units',
  {
    id: text('id').primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    position: integer('position').notNull(),
    kind: text('kind').notNull(),
    level: integer('level').notNull(),
    label: text('label'),
    citation: text('citation').notNull(),
    heading: text('heading'),
    text: text('text').notNull(),
    key: text('key'),
    cells: json<string[][]>('cells'),
  },
  (t) => [uniqueIndex('units_position').on(t.roundId, t.position), index('units_key').on(t.roundId, t.key)],
)
