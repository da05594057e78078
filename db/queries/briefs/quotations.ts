import { and, eq, inArray } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Quotation, wordsAt } from '../../../server/rules/briefs/brief.ts'
import type { Database } from '../../database.ts'
import { comments } from '../../schema/index.ts'

interface QuotedComment {
  version: number
  body: string
}

/** So many a statement. */
const atOnce = 500

/** What the quoted comments say now, by their public ids; without those that are not admitted any more. */
export async function quotedComments(
  db: Database,
  consultationId: string,
  quotations: readonly Quotation[],
): Promise<Map<string, QuotedComment>> {
  const ids = [...new Set(quotations.map(({ comment }) => comment))]
  const found = new Map<string, QuotedComment>()
  const { publicId, version, body } = comments
  for (let from = 0; from < ids.length; from += atOnce) {
    const rows = await db.query
      .select({ publicId, version, body })
      .from(comments)
      .where(
        and(
          eq(comments.consultationId, consultationId),
          inArray(publicId, ids.slice(from, from + atOnce)),
          inArray(comments.state, [...admittedStates]),
        ),
      )
    for (const row of rows) found.set(row.publicId, row)
  }
  return found
}

/**
 * The words of quotations as their comments read now, by the quotations; without those whose comment has been withdrawn or
 * refused, or says something else by now.
 */
export async function quotedWords(
  db: Database,
  consultationId: string,
  quotations: readonly Quotation[],
): Promise<Map<Quotation, string>> {
  const found = await quotedComments(db, consultationId, quotations)
  return new Map(
    quotations.flatMap((quotation) => {
      const comment = found.get(quotation.comment)
      const words = comment ? wordsAt(quotation, comment) : null
      return words === null ? [] : [[quotation, words] as const]
    }),
  )
}
