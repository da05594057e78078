import {
  filesFact,
  type Named,
  namedIn,
  submissionFact,
} from '../../../server/rules/evidence/submission-facts.ts'
import type { Database } from '../../database.ts'
import { keyOf } from '../../evidence/digest.ts'
import type { submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { type DigestsByRow, digestsOfRows } from './digests.ts'
import { type ErasedSubjects, erasedAmong } from './erased.ts'
import type { KeptWords } from './kept-words.ts'
import { openedOr, partProblems } from './parts.ts'
import { isAsReceived } from './payload-check.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'
import { stateProblems } from './state-check.ts'
import { type Whole, wholeSubmissions } from './whole-submissions.ts'
import { wordsProblems } from './words-check.ts'

type Submission = typeof submissions.$inferSelect

/** What of all that was sent in is not as it was stored. */
export async function* sentProblems(db: Database, seals: Seals): AsyncGenerator<EvidenceProblem> {
  for await (const { wholes, said, kept } of wholeSubmissions(db, seals)) {
    const sent = wholes.map(({ submission }) => submission)
    const digests = await digestsOfRows(
      db,
      [...sent, ...said].map(({ id }) => id),
    )
    const erased = await erasedAmong(db, sent, said)
    for (const whole of wholes) {
      yield* submissionProblems(seals, whole, kept, digests, erased)
      yield* payloadProblems(seals, whole, kept, digests, erased)
    }
    yield* wordsProblems(seals, said, digests, kept, erased)
    yield* await stateProblems(db, said, erased)
  }
}

function submissionProblems(
  seals: Seals,
  { submission, ...own }: Whole,
  kept: KeptWords,
  digests: DigestsByRow,
  erased: ErasedSubjects,
): EvidenceProblem[] {
  const { id } = submission
  const digest = digests('submissions', id).at(-1)
  if (!digest) return [{ kind: 'submissions', row: id, problem: 'forged', since: null }]
  const files = digests('attachments', id).at(-1)
  const firsts = own.comments.flatMap((comment) => digests('comments', comment.id)[0] ?? [])
  const parts = [...firsts, files].flatMap((part) => part?.digest ?? [])
  const isErased = erased.isAnonymised(submission) || own.comments.every(erased.isWithdrawn)
  const senders = isErased ? sendersErased : [namedIn(submission)]
  const said = own.comments.map((comment) => ({ ...comment, clause: kept.firstClause(comment) }))
  const wrongs = senders.map((named) =>
    wrongWith(seals, digest, submissionFact(submission, said, [], named), parts),
  )
  const wrong = wrongs.includes(null) && hasWholeSeals(seals, submission) ? null : (wrongs[0] ?? 'changed')
  const found: EvidenceProblem[] = wrong
    ? [{ kind: 'submissions', row: id, problem: wrong, since: digest.at }]
    : []
  return [...found, ...partProblems(seals, ['attachments', id], files, filesFact(id, own.files), isErased)]
}

/** What was taken up was received by an earlier version, which hashed it in another way. */
function payloadProblems(
  seals: Seals,
  whole: Whole,
  kept: KeptWords,
  digests: DigestsByRow,
  erased: ErasedSubjects,
): EvidenceProblem[] {
  const { submission, comments } = whole
  const digest = digests('submissions', submission.id).at(-1)
  if (!digest || digest.takenUp || comments.some(erased.isErased) || erased.isAnonymised(submission))
    return []
  // What is sealed with a lost key was hashed with it, too.
  if (keyOf(seals, digest) === 'lost' || isAsReceived(seals, whole, kept)) return []
  return [{ kind: 'submissions', row: submission.id, problem: 'payload', since: digest.at }]
}

/** What may have been named, where nothing tells any more. */
const sendersErased: Named[] = Array.from({ length: 8 }, (_, i) => [(i & 1) > 0, (i & 2) > 0, (i & 4) > 0])

/** Whoever does not hold the key can seal nothing, and nothing that is sealed opens elsewhere. */
function hasWholeSeals(seals: Seals, { id, name, organisation, contact }: Submission): boolean {
  return Object.entries({ name, organisation, contact }).every(([column, sealed]) => {
    const place = { table: 'submissions', column, row: id }
    return sealed === null || openedOr(seals, sealed, place, null) !== null
  })
}
