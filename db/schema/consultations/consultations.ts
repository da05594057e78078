import type { Offer } from '../../../server/rules/consultations/offers.ts'
import type { OfflineChannels, PersonFields } from '../../../server/rules/consultations/participation-form.ts'
import type { Region } from '../../../server/rules/consultations/regions.ts'
import type { Letters } from '../../../server/rules/points/letters.ts'
import type { HeadTimes } from '../../../server/rules/transparency/head-times.ts'
import { instant, integer, json, table, text } from '../../columns.ts'

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
  personFields: json<PersonFields>('person_fields'),
  /** null: nothing besides comments. */
  offers: json<Offer[]>('offers'),
  /** Which comments have to be parted into their points; null: as `usualLetters` says. */
  letters: json<Letters>('letters'),
  regions: json<Region[]>('regions').notNull(),
  /** When heads of 提交存证 are published, as `server/rules/transparency/head-times.ts` names it. */
  headTimes: text('head_times').$type<HeadTimes>().notNull(),
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
