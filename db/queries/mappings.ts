import { asc, eq } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { mappings } from '../schema/index.ts'

/** How one clause of a round came out of the round before; `staffId` is who confirmed it, null while only proposed. */
export type StoredMapping = typeof mappings.$inferSelect

/** A round's mappings in document order; none in a first round. */
export function roundMappings(db: Database, roundId: string): Promise<StoredMapping[]> {
  return db.query.select().from(mappings).where(eq(mappings.roundId, roundId)).orderBy(asc(mappings.position))
}
