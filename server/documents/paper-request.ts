import type { Database } from '../../db/open.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import type { Seals } from '../../db/sealed.ts'
import type { Header, Scope } from './comment-table.ts'

/** What a paper is made from, and for whom. */
export interface PaperRequest {
  db: Database
  seals: Seals
  consultation: Consultation
  scope: Scope
  header: Header
  now: Date
  /** The portal's public address without a trailing slash; empty where it is not known. */
  origin: string
  /** Told of each comment that was read, so that whoever waits sees how far it has come. */
  read: () => void
}

/** The same rows, each counted as it passes. */
export async function* counted<Row>(rows: AsyncIterable<Row>, read: () => void): AsyncGenerator<Row> {
  for await (const row of rows) {
    read()
    yield row
  }
}
