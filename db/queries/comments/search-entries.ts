import { and, asc, gt } from 'drizzle-orm'
import type { Database } from '../../open.ts'
import { comments } from '../../schema/index.ts'
import { lastRemembered, rememberUnlessFound, unremembered } from '../../search.ts'

/** A comment may commit after one with a higher number; so far back it is looked for. */
export const late = 200

/** What staff find a comment by: what it says and the wording that it proposes. */
export function searchedText({ body, wording }: { body: string; wording: string | null }): string {
  return `${body}\n${wording ?? ''}`
}

/**
 * Lets staff find comments by their words, a batch at a time, behind the request in which they came. What has been
 * revised or redacted meanwhile is found by its new words already and left alone.
 * @returns how many it took in
 */
export async function indexForStaff(db: Database, most: number): Promise<number> {
  const { number, body, wording } = comments
  const start = Math.max(0, (await lastRemembered(db, 'staff')) - late)
  const waiting = await db.query
    .select({ number, body, wording })
    .from(comments)
    .where(and(gt(number, start), unremembered(db.query, 'staff', number, start)))
    .orderBy(asc(number))
    .limit(most)
  if (waiting.length > 0) {
    await db.atomically((tx) =>
      waiting.map((comment) => rememberUnlessFound(tx, 'staff', comment.number, searchedText(comment))),
    )
  }
  return waiting.length
}
