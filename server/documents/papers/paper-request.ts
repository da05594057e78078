import type { Database } from '../../../db/database.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Seals } from '../../../db/sealing/sealed.ts'
import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import type { PaperScope } from '../../rules/papers/scopes.ts'
import type { ClausePlace } from './clause-places.ts'

/** The header row: Chinese for files that people open, `en` the identifiers that programs rely on. */
export type Header = 'zh' | 'en'

/** What a paper is made from, and for whom. */
export interface PaperRequest {
  db: Database
  seals: Seals
  consultation: Consultation
  /** What each clause is called, by its key, in document order. */
  places: ReadonlyMap<string, ClausePlace>
  scope: PaperScope
  /** Which of the comments; papers of the whole consultation do not follow them. */
  filters: ReadingFilters
  header: Header
  now: Date
  /** The portal's public address without a trailing slash; empty where it is not known. */
  origin: string
  /** Where uploaded files lie. */
  dataDir: string
  /** Told of each comment that was read, so that whoever waits sees how far it has come. */
  read: () => void
  /** Told how many characters were shown as marks, since the file cannot carry them. */
  marked: (count: number) => void
}

/** A paper that cannot be made as asked; the message says in a sentence why, and what to take instead. */
export class PaperUnavailable extends Error {
  override name = 'PaperUnavailable'
}
