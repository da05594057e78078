import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Fact } from '../../../server/rules/evidence/facts.ts'
import type { PublicPlace } from '../../../server/rules/retractions/public-places.ts'
import type { Query } from '../../atomically.ts'

/** Columns of one table in which words can stand that the public reads, or will read. */
export interface Source {
  place: PublicPlace
  table: PgTable
  key: PgColumn[]
  /** By their names in the code. */
  columns: Record<string, PgColumn>
  within(consultationId: string, query: Pick<Query, 'select'>): SQL | undefined
  /** Since when the public reads them; null: since the consultation was published. */
  since: PgColumn | null
  /** What of a whole row is vouched for. */
  facts?(row: Record<string, unknown>): Fact[]
}
