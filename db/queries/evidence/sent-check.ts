import { asc, gt, inArray } from 'drizzle-orm'
import {
  filesFact,
  type Named,
  namedIn,
  submissionFact,
} from '../../../server/rules/evidence/submission-facts.ts'
import type { Database } from '../../database.ts'
import { keyOf } from '../../evidence/digest.ts'
import { attachments, comments, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { type DigestsByRow, digestsOfRows } from './digests.ts'
import { type ErasedSubjects, erasedAmong } from './erased.ts'
import { type KeptWords, keptWords } from './kept-words.ts'
import { openedOr, partProblems } from './parts.ts'
import { isAsReceived, type Whole } from './payload-check.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'
import { stateProblems } from './state-check.ts'
import { wordsProblems } from './words-check.ts'

type Submission = typeof submissions.$inferSelect

const page = 200

/** What of all that was sent in is not as it was stored. */
export async function* sentProblems(db: Database, seals: Seals): AsyncGenerator<EvidenceProblem> {
  for (let after = ''; ; ) {
    const sent = await db.query
      .select()
      .from(submissions)
      .where(gt(submissions.id, after))
      .orderBy(asc(submissions.id))
      .limit(page)
    yield* await problemsOf(db, seals, sent)
    const last = sent.at(-1)
    if (!last) return
    after = last.id
  }
}

async function problemsOf(db: Database, seals: Seals, sent: Submission[]): Promise<EvidenceProblem[]> {
  if (sent.length === 0) return []
  const ids = sent.map(({ id }) => id)
  const said = await db.query
    .select()
    .from(comments)
    .where(inArray(comments.submissionId, ids))
    .orderBy(asc(comments.number))
  const files = await db.query
    .select()
    .from(attachments)
    .where(inArray(attachments.submissionId, ids))
    .orderBy(asc(attachments.id))
  const digests = await digestsOfRows(db, [...ids, ...said.map(({ id }) => id)])
  const erased = await erasedAmong(db, sent, said)
  const kept = await keptWords(db, seals, said)
  return [
    ...sent.flatMap((submission) => {
      const isOwn = ({ submissionId }: { submissionId: string }) => submissionId === submission.id
      const whole = { submission, comments: said.filter(isOwn), files: files.filter(isOwn) }
      return [
        ...submissionProblems(seals, whole, digests, erased),
        ...payloadProblems(seals, whole, kept, digests, erased),
      ]
    }),
    ...wordsProblems(seals, said, digests, kept, erased),
    ...(await stateProblems(db, said, erased)),
  ]
}

function submissionProblems(
  seals: Seals,
  { submission, ...own }: Whole,
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
  const wrongs = senders.map((named) =>
    wrongWith(seals, digest, submissionFact(submission, own.comments, [], named), parts),
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
