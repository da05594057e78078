import { index, instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'

/** How often a page or file was asked for while it may have held what is hidden now. */
export interface FetchedPage {
  page: string
  count: number
}

/** 误公开处置·立即隐去: one act that took what should not have been public out of everything that the public can reach. */
export const retractions = table(
  'retractions',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    cause: text('cause').notNull(),
    /** The words that were hidden wherever they stood, sealed; null where it was a whole comment, or a file. */
    words: text('words'),
    /** As counted when it was done. */
    fetched: json<FetchedPage[]>('fetched').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('retractions_consultation').on(t.consultationId, t.id)],
)

/** A text that a retraction took something from, or a comment that it took out of the public. */
export const retractedTexts = table(
  'retracted_texts',
  {
    retractionId: text('retraction_id')
      .notNull()
      .references(() => retractions.id),
    position: integer('position').notNull(),
    /** What kind of text it is, as `server/rules/retractions/public-places.ts` names them. */
    place: text('place').notNull(),
    /** The id of its row; of a comment the inner one. */
    row: text('row_id').notNull(),
    /** Since when the public could read it; null where that is not known. */
    since: instant('since'),
    /** What an office's text said before, sealed; null for a comment, which still says it, and waits. */
    sealed: text('sealed'),
  },
  (t) => [
    primaryKey({ columns: [t.retractionId, t.position] }),
    index('retracted_texts_row').on(t.place, t.row),
  ],
)
