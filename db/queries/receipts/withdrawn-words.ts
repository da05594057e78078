import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { comments } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'
import { eraseFiles, eraseSender, eraseTraces, holdSender, noWords } from './erasure.ts'

/** Without a parameter, as the index is told it: else it would not be used. */
const isUnerased = sql`${comments.state} = 'withdrawn' and ${comments.body} <> ''`

/** Withdrawn comments that still hold their words, without those that are marked. */
export async function unerased(db: Database, most: number): Promise<string[]> {
  const { id, number } = comments
  const rows = await db.query
    .select({ id })
    .from(comments)
    .where(and(isUnerased, unmarked(db.query, 'withdrawn_words', id)))
    .orderBy(asc(number))
    .limit(most)
  return rows.map((row) => row.id)
}

/** Erases what these withdrawn comments said, as withdrawing does. */
export async function eraseWithdrawn(db: Database, ids: string[], now: Date): Promise<void> {
  const { id, number, version, stance, submissionId, consultationId, clause, state } = comments
  const found = await db.query
    .select({ id, number, version, stance, submissionId, consultationId, clause, state })
    .from(comments)
    .where(and(inArray(id, ids), isUnerased))
  await db.atomically((tx) =>
    found.flatMap((comment) => [
      attests(
        tx
          .update(comments)
          .set({ ...noWords, comparedAt: now })
          .where(eq(id, comment.id)),
        now,
        wordsFact(comment, { stance: comment.stance, ...noWords }),
      ),
      holdSender(tx, comment.submissionId),
      eraseFiles(tx, comment.submissionId),
      ...eraseSender(tx, comment.submissionId),
      ...eraseTraces(tx, comment, null),
    ]),
  )
}
