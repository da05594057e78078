import { and, eq, lte, type SQL } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments } from '../../schema/index.ts'
import { lastRemembered, type SearchIndex, strangersIn, unremembered } from '../../search.ts'
import { hasWords, late } from '../comments/search-entries.ts'

/** How an index of comments differs from the comments that it should know. */
export interface WrongIndex {
  index: SearchIndex
  /** Comments that should be found and are not. */
  missing: number
  /** Entries of comments that should not be found. */
  strangers: number
}

/**
 * Compares both indexes with the comments. Staff search takes in new comments behind the requests in which they came,
 * so those that may still be waiting are not missed.
 */
export async function wrongIndexes(db: Database): Promise<WrongIndex[]> {
  const taken = (await lastRemembered(db, 'staff')) - late
  const found = await Promise.all([
    compare(db, 'public', eq(comments.state, 'published')),
    compare(db, 'staff', and(lte(comments.number, taken), hasWords), hasWords),
  ])
  return found.filter(({ missing, strangers }) => missing + strangers > 0)
}

async function compare(
  db: Database,
  index: SearchIndex,
  expected: SQL | undefined,
  allowed: SQL | undefined = expected,
): Promise<WrongIndex> {
  const known = db.query.select({ number: comments.number }).from(comments).where(allowed)
  const [missing, strangers] = await Promise.all([
    db.query.$count(comments, and(expected, unremembered(db.query, index, comments.number, 0))),
    strangersIn(db, index, known),
  ])
  return { index, missing, strangers }
}
