import { and, eq, max } from 'drizzle-orm'
import type { Fact } from '../../../server/rules/evidence/facts.ts'
import { filesFact, submissionFact, wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { digestsOf } from '../../evidence/digest.ts'
import { heldRow } from '../../held-row.ts'
import { comments, digests, log } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { allTakenUp, digestsOfRows } from './digests.ts'
import type { KeptWords } from './kept-words.ts'
import { factsOf, kindsOfRows } from './kinds.ts'
import { wholeSubmissions } from './whole-submissions.ts'

type Comment = typeof comments.$inferSelect

/** What one row was before there were digests. */
export interface Before {
  row: string
  facts: Fact[]
  /** Whose words are in it: nobody may have changed or erased them since. */
  said: Pick<Comment, 'id' | 'body'>[]
}

/** All that was there before there were digests and has none yet, page by page. */
export async function* withoutDigests(db: Database, seals: Seals): AsyncGenerator<Before[]> {
  for await (const sent of sentBefore(db, seals)) yield await lacking(db, sent)
  for (const kind of kindsOfRows) {
    // Its chain vouches for what is older.
    if (kind.kind === 'log') continue
    for await (const facts of factsOf(db, kind)) {
      yield await lacking(
        db,
        facts.map((fact) => ({ row: fact.row, facts: [fact], said: [] })),
      )
    }
  }
}

async function lacking(db: Database, found: readonly Before[]): Promise<Before[]> {
  const known = await digestsOfRows(
    db,
    found.map(({ row }) => row),
  )
  return found.filter(({ row, facts: [fact] }) => fact && known(fact.kind, row).length === 0)
}

async function* sentBefore(db: Database, seals: Seals): AsyncGenerator<Before[]> {
  for await (const { wholes, kept } of wholeSubmissions(db, seals)) {
    yield wholes.map(({ submission, comments: own, files }) => {
      const attached = filesFact(submission.id, files)
      const words = own.map((comment) => wordsBefore(comment, kept))
      const parts = [...words.flatMap(([first]) => first ?? []), ...(attached ? [attached] : [])]
      return {
        row: submission.id,
        facts: [submissionFact(submission, own, parts), ...words.flatMap(([, ...later]) => later)],
        said: [...own],
      }
    })
  }
}

/** How a comment read in each version, before and after it was redacted. */
function wordsBefore(comment: Comment, kept: KeptWords): Fact[] {
  const { id } = comment
  return Array.from({ length: comment.version }, (_, i) => i + 1).flatMap((version) => {
    const words = version === comment.version ? comment : kept.replaced(id, version)
    if (!words) return []
    // Of one that was erased a record may be kept for a term, which is over some day.
    const original = comment.body === '' ? null : kept.original(id, version)
    const asked = { id, version }
    return [...(original ? [wordsFact(asked, { ...words, ...original })] : []), wordsFact(asked, words)]
  })
}

/** Vouches for what was there before. @throws Refused where what somebody said has changed since it was read */
export async function takeUp(db: Database, seals: Seals, { facts, said }: Before, now: Date): Promise<void> {
  await atomicallySealed(db, seals, (tx) => [
    ...said.map(({ id, body }) =>
      must(
        'stale',
        heldRow(
          tx
            .select({ id: comments.id })
            .from(comments)
            .where(and(eq(comments.id, id), eq(comments.body, body))),
        ),
      ),
    ),
    tx.insert(digests).values(facts.flatMap((fact) => digestsOf(seals, fact, now, true))),
  ])
}

/** Notes that all has its digest: from now on, what has none was forged. */
export async function markTakenUp(db: Database, seals: Seals, now: Date): Promise<void> {
  const [row] = await db.query.select({ last: max(log.number) }).from(log)
  const fact: Fact = { ...allTakenUp, version: row?.last ?? 0, content: [], parts: [] }
  await atomicallySealed(db, seals, (tx) => [tx.insert(digests).values(digestsOf(seals, fact, now, true))])
}
