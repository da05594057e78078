import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import type { Digest } from '../../evidence/digest.ts'
import type { comments } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { DigestsByRow } from './digests.ts'
import type { ErasedSubjects } from './erased.ts'
import type { KeptWords } from './kept-words.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'

type Comment = typeof comments.$inferSelect

/** What of these comments says something else than it did: now, before it was revised, or before it was redacted. */
export function wordsProblems(
  seals: Seals,
  said: readonly Comment[],
  digests: DigestsByRow,
  kept: KeptWords,
  erased: ErasedSubjects,
): EvidenceProblem[] {
  return said.flatMap((comment): EvidenceProblem[] => {
    const made = digests('comments', comment.id)
    const latest = made.at(-1)
    if (!latest) return [{ kind: 'comments', row: comment.id, problem: 'forged', since: null }]
    const isErased = erased.isErased(comment)
    const problem =
      wrongWith(seals, latest, wordsFact(comment, comment, putOn(comment, made, latest, kept))) ??
      earlierProblem(seals, comment, made, kept, isErased)
    return problem ? [{ kind: 'comments', row: comment.id, problem, since: latest.at }] : []
  })
}

/** The clause that a digest vouches for too: the first of a version that put the comment on it. */
function putOn(comment: Comment, made: readonly Digest[], digest: Digest, kept: KeptWords): string | null {
  const isFirst = made.find(({ version }) => version === digest.version) === digest
  return isFirst ? kept.putOn(comment, digest.version) : null
}

/** Goes through the versions: how each read when it was replaced, and before it was redacted. */
function earlierProblem(
  seals: Seals,
  comment: Comment,
  made: readonly Digest[],
  kept: KeptWords,
  isErased: boolean,
): EvidenceProblem['problem'] | null {
  for (let version = 1; version <= comment.version; version++) {
    const own = made.filter((digest) => digest.version === version)
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) return 'removed'
    const words = version === comment.version ? comment : kept.replaced(comment.id, version)
    if (!words) return 'removed'
    const asked = { id: comment.id, version }
    if (last.key !== null) {
      const wrong = wrongWith(seals, last, wordsFact(asked, words, putOn(comment, made, last, kept)))
      if (wrong) return wrong
    } else if (!isErased) return 'unkeyed'
    if (first === last) continue
    if (first.key === null) {
      if (!isErased) return 'unkeyed'
      continue
    }
    const clause = putOn(comment, made, first, kept)
    const wrong = wrongWith(seals, first, wordsFact(asked, words, clause))
    if (wrong === 'lost') return 'lost'
    if (wrong) {
      const original = kept.original(comment.id, version)
      if (!original || wrongWith(seals, first, wordsFact(asked, { ...words, ...original }, clause)))
        return 'original'
    }
  }
  return null
}
