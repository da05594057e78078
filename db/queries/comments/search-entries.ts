import { and, asc, eq, exists, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { comments } from '../../schema/index.ts'
import { lastRemembered, rememberUnlessFound, searchWords, unremembered } from '../../search.ts'
import { unmarked } from '../faults.ts'

/** A comment may commit after one with a higher number; so far back it is looked for. */
export const late = 200

/** So many characters are cut into pairs at once: more would keep the event loop from others. */
const together = 10_000

/** So often are comments read that have changed by the time they are to be stored. */
const mostTries = 5

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
 * Lets staff find these comments by their words, behind the requests in which they came, and by nothing else does one
 * come into the index: so those before its highest entry are known, but for the late ones.
 * @throws Error where they change as often as they are read
 */
export async function indexForStaff(db: Database, numbers: number[]): Promise<void> {
  for (let tries = 0; tries <= mostTries; tries++) {
    const found = await unindexedOf(db, numbers)
    if (found.length === 0) return
    while (found.length > 0) await indexTogether(db, found.splice(0, countWithin(found, together)))
  }
  throw new Error('these comments stay out of the search index')
}

/** A comment as it was read; its words stay the same as long as the rest does. */
type Said = Pick<typeof comments.$inferSelect, 'number' | 'body' | 'wording' | 'version' | 'review' | 'state'>

function unindexedOf(db: Database, numbers: number[]): Promise<Said[]> {
  const { number, body, wording, version, review, state } = comments
  return db.query
    .select({ number, body, wording, version, review, state })
    .from(comments)
    .where(
      and(
        inArray(number, numbers),
        hasWords,
        unremembered(db.query, 'staff', number, Math.min(...numbers) - 1),
      ),
    )
    .orderBy(asc(number))
}

/** What is revised, redacted or withdrawn meanwhile is left out, and read again. */
async function indexTogether(db: Database, some: Said[]): Promise<void> {
  const { number } = comments
  const held = some.map((comment) => comment.number)
  await db.atomically((tx) => [
    heldRow(tx.select({ number }).from(comments).where(inArray(number, held))),
    ...some.map(({ body, wording, ...comment }) =>
      index(tx, { ...comment, words: searchWords(searchedText({ body, wording })) }),
    ),
  ])
}

const index = filled(
  (tx: Query, { words, ...comment }: Omit<Said, 'body' | 'wording'> & { words: string }) => {
    const { number, version, review, state } = comments
    const isSame = and(
      eq(number, comment.number),
      eq(version, comment.version),
      eq(review, comment.review),
      eq(state, comment.state),
    )
    const same = tx.select({ number }).from(comments).where(isSame)
    return rememberUnlessFound(tx, 'staff', comment.number, words, exists(same))
  },
)

/** How many of these comments from the first on have so many characters together; one at least. */
function countWithin(found: Said[], most: number): number {
  let characters = 0
  const over = found.findIndex((comment) => {
    characters += searchedText(comment).length
    return characters > most
  })
  return over < 0 ? found.length : Math.max(over, 1)
}
