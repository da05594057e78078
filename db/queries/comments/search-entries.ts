import { and, asc, eq, exists, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { heldRow } from '../../held-row.ts'
import { comments } from '../../schema/index.ts'
import { lastRemembered, rememberUnlessFound, unremembered } from '../../search.ts'
import { unmarked } from '../faults.ts'

/** A comment may commit after one with a higher number; so far back it is looked for. */
export const late = 200

/** So many characters are cut into pairs at once: more would keep the event loop from others. */
const together = 10_000

/** What staff find a comment by: what it says and the wording that it proposes. */
export function searchedText({ body, wording }: { body: string; wording: string | null }): string {
  return `${body}\n${wording ?? ''}`
}

/** The condition that a comment still says something: what was withdrawn is erased, and found by nothing. */
export const hasWords = ne(comments.body, '')

/** The numbers of comments that staff do not find yet, the lowest first, without those that are marked. */
export async function unindexed(db: Database, most: number): Promise<number[]> {
  const { number } = comments
  const start = Math.max(0, (await lastRemembered(db, 'staff')) - late)
  const isUnmarked = unmarked(db.query, 'staff_search', sql`cast(${number} as text)`)
  const rows = await db.query
    .select({ number })
    .from(comments)
    .where(and(gt(number, start), hasWords, unremembered(db.query, 'staff', number, start), isUnmarked))
    .orderBy(asc(number))
    .limit(most)
  return rows.map(({ number }) => number)
}

/**
 * Lets staff find these comments by their words, behind the requests in which they came. What has been revised or
 * redacted meanwhile is found by its new words already and left alone; what is withdrawn meanwhile is not found again.
 */
export async function indexForStaff(db: Database, numbers: number[]): Promise<void> {
  const { number, body, wording } = comments
  const found = await db.query
    .select({ number, body, wording })
    .from(comments)
    .where(inArray(number, numbers))
  while (found.length > 0) {
    const some = found.splice(0, countWithin(found, together))
    const held = some.map((comment) => comment.number)
    await db.atomically((tx) => [
      heldRow(
        tx
          .select({ number })
          .from(comments)
          .where(and(inArray(number, held), hasWords)),
      ),
      ...some.map((comment) => {
        const stands = tx
          .select({ number })
          .from(comments)
          .where(and(eq(number, comment.number), hasWords))
        return rememberUnlessFound(tx, 'staff', comment.number, searchedText(comment), exists(stands))
      }),
    ])
  }
}

/** How many of these comments from the first on have so many characters together; one at least. */
function countWithin(found: { body: string; wording: string | null }[], most: number): number {
  let characters = 0
  const over = found.findIndex((comment) => {
    characters += searchedText(comment).length
    return characters > most
  })
  return over < 0 ? found.length : Math.max(over, 1)
}
