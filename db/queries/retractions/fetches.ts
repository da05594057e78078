import { and, eq, gte, like, or, sql, sum } from 'drizzle-orm'
import type { Day } from '../../../server/rules/days.ts'
import type { Database } from '../../database.ts'
import { type FetchedPage, fetches } from '../../schema/index.ts'

/** So often a page of a consultation was asked for; `day` is empty where it is counted for all time. */
export type Fetches = typeof fetches.$inferInsert

/** Adds what a node has counted since it last did. */
export async function addFetches(db: Database, counted: readonly Fetches[]): Promise<void> {
  await db.atomically((tx) =>
    counted.map((row) =>
      tx
        .insert(fetches)
        .values(row)
        .onConflictDoUpdate({
          target: [fetches.slug, fetches.page, fetches.day],
          set: { count: sql`${fetches.count} + ${row.count}` },
        }),
    ),
  )
}

/**
 * How often each of these pages was asked for, since a day with all of it. @param pages with `*` at the end for all that
 * begin so
 */
export async function fetchedSince(
  db: Database,
  slug: string,
  pages: readonly string[],
  since: Day,
): Promise<FetchedPage[]> {
  const counts = pages.map(async (page) => {
    const named = page.endsWith('*') ? like(fetches.page, `${page.slice(0, -1)}%`) : eq(fetches.page, page)
    const [row] = await db.query
      .select({ count: sum(fetches.count).mapWith(Number) })
      .from(fetches)
      .where(and(eq(fetches.slug, slug), named, or(eq(fetches.day, ''), gte(fetches.day, since))))
    return { page, count: row?.count ?? 0 }
  })
  return Promise.all(counts)
}
