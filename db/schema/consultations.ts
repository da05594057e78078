import type { Artefact } from '../../server/text/outline.ts'
import { index, instant, integer, json, table, text, uniqueIndex } from '../columns.ts'

/** A place a citizen may choose: a city and its counties, in the order in which they are offered. */
export interface Region {
  name: string
  counties: string[]
}

/** 征求意见活动: one call for comments. `closesAt` is the last millisecond of the closing day. */
export const consultations = table('consultations', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  title: text('title').notNull(),
  organ: text('organ').notNull(),
  documentType: text('document_type').notNull(),
  publicationPolicy: text('publication_policy').notNull(),
  explanation: text('explanation').notNull(),
  regions: json<Region[]>('regions').notNull(),
  opensAt: instant('opens_at').notNull(),
  closesAt: instant('closes_at').notNull(),
  publishedAt: instant('published_at'),
  /** Rises with every change that the public can see; cached pages are keyed by it. */
  revision: integer('revision').notNull(),
  createdAt: instant('created_at').notNull(),
})

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
    publishedAt: instant('published_at'),
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
