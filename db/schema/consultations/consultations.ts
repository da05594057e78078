import type { Offer } from '../../../server/rules/consultations/offers.ts'
import type { Artefact } from '../../../server/text/outlining/outline.ts'
import type { Repair } from '../../../server/text/repairing/repair.ts'
import { index, instant, integer, json, table, text, uniqueIndex } from '../../columns.ts'

/** A place a citizen may choose: a city and its counties, in the order in which they are offered. */
export interface Region {
  name: string
  counties: string[]
}

/** Where comments may be sent besides the portal; null is not offered. */
export interface OfflineChannels {
  address: string | null
  postcode: string | null
  phone: string | null
  email: string | null
}

/** Whether the form asks for a thing about the person. */
export type Asking = 'hidden' | 'optional' | 'required'
export type PersonField = 'name' | 'identity' | 'organisation' | 'region' | 'contact'

/** A 起草说明 that was sent as a file. It lies under DATA_DIR/explanations by its id. */
export interface ExplanationFile {
  id: string
  type: 'docx' | 'pdf'
  size: number
  sha256: string
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
  /** The 起草说明 as it was sent, for the public to take away; null where there is only its text. */
  explanationFile: json<ExplanationFile>('explanation_file'),
  /** 征求意见公告 as the office worded it; null: made from the facts. `noticeSigner` is its 落款. */
  notice: text('notice'),
  noticeSigner: text('notice_signer'),
  /** The day (YYYY-MM-DD, Shanghai) under the 落款; null: the day of publication. */
  noticeDay: text('notice_day'),
  /** Why it is open for less than its type's minimum period (国务院令第713号 art. 15). */
  shortPeriodReason: text('short_period_reason'),
  /** The day (YYYY-MM-DD, Shanghai) by which the outcome is promised. */
  outcomePromisedOn: text('outcome_promised_on'),
  offlineChannels: json<OfflineChannels>('offline_channels'),
  /** null: everything about the person is optional. */
  personFields: json<Record<PersonField, Asking>>('person_fields'),
  /** null: nothing besides comments. */
  offers: json<Offer[]>('offers'),
  regions: json<Region[]>('regions').notNull(),
  opensAt: instant('opens_at').notNull(),
  closesAt: instant('closes_at').notNull(),
  publishedAt: instant('published_at'),
  suspendedAt: instant('suspended_at'),
  suspensionReason: text('suspension_reason'),
  outcomeAt: instant('outcome_at'),
  createdBy: text('created_by'),
  publishedBy: text('published_by'),
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
