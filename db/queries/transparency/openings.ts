import type { Fact } from '../../../server/rules/evidence/facts.ts'
import { submissionFact, wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import type { Database } from '../../database.ts'
import { type Digest, keyOf, textUnder, vouchesFor } from '../../evidence/digest.ts'
import type { comments, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { digestsOfRows } from '../evidence/digests.ts'
import { keptWords } from '../evidence/kept-words.ts'

/** A digest with the key and the text that it is made of. */
export interface Opened {
  digest: string
  key: string
  text: string
}

/**
 * What a submission's digest is made of, and those of its comments, first its own. What was erased, hidden or revised
 * since is left out, and so are files and whoever sent it: the file may be shown to others.
 */
export async function openingOf(
  db: Database,
  seals: Seals,
  submission: typeof submissions.$inferSelect,
  said: readonly (typeof comments.$inferSelect)[],
): Promise<Opened[]> {
  const { id } = submission
  const digests = await digestsOfRows(db, [id, ...said.map((comment) => comment.id)])
  const ofComments = said.map((comment) => ({ comment, digest: digests('comments', comment.id)[0] }))
  const parts = [
    ...ofComments.map(({ digest }) => digest),
    digests('senders', id).at(-1),
    digests('attachments', id).at(-1),
  ].flatMap((part) => part?.digest ?? [])
  const kept = await keptWords(db, seals, said)
  const sent = said.map((comment) => ({ ...comment, clause: kept.firstClause(comment) }))
  const own = opened(seals, digests('submissions', id)[0], submissionFact(submission, sent, []), parts)
  const words = ofComments.map(({ comment, digest }) =>
    opened(seals, digest, wordsFact(comment, comment), []),
  )
  return own ? [own, ...words.filter((one) => one !== null)] : []
}

function opened(
  seals: Seals,
  digest: Digest | undefined,
  fact: Fact,
  parts: readonly string[],
): Opened | null {
  const key = digest && keyOf(seals, digest)
  if (!digest || !key || typeof key === 'string' || !vouchesFor(key, digest, fact, parts)) return null
  const { takenUp, at } = digest
  return {
    digest: digest.digest,
    key: key.toString('base64url'),
    text: textUnder(key, { ...fact, parts, takenUp, at }),
  }
}
