import { and, count, eq, gte, lt } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '../../database.ts'
import { lowestIdAt } from '../../id-at.ts'
import { comments } from '../../schema/index.ts'

const day = 24 * 60 * 60 * 1000

/**
 * How many comments came in on each day. Ids are UUIDv7, in the order of their time, so that the index answers without
 * reading a comment.
 * @param starts the moments at which the days begin, each a day after the one before
 */
export function arrivals(db: Database, consultationId: string, starts: Date[]): Promise<number[]> {
  return Promise.all(
    starts.map(async (start) => {
      const [row] = await db.slow
        .select({ count: count() })
        .from(comments)
        .where(and(eq(comments.consultationId, consultationId), cameOn(comments.id, start)))
      return row?.count ?? 0
    }),
  )
}

/** The condition that an id was given on the day that begins at this moment. */
export function cameOn(id: PgColumn, start: Date) {
  return and(gte(id, lowestIdAt(start)), lt(id, lowestIdAt(new Date(start.getTime() + day))))
}
