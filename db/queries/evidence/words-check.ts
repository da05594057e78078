import { inArray } from 'drizzle-orm'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import type { Database } from '../../database.ts'
import type { Digest } from '../../evidence/digest.ts'
import { type comments, originals, versions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { originalPlace } from '../moderation/originals.ts'
import type { DigestsByRow } from './digests.ts'
import type { ErasedSubjects } from './erased.ts'
import { openedOr } from './parts.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'

type Comment = typeof comments.$inferSelect
type Words = Pick<Comment, 'stance' | 'body' | 'proposal' | 'wording' | 'quote'>

/** What of these comments says something else than it did: now, before it was revised, or before it was redacted. */
export async function wordsProblems(
  db: Database,
  seals: Seals,
  said: readonly Comment[],
  digests: DigestsByRow,
  erased: ErasedSubjects,
): Promise<EvidenceProblem[]> {
  const kept = await keptWords(db, seals, said)
  return said.flatMap((comment): EvidenceProblem[] => {
    const made = digests('comments', comment.id)
    const latest = made.at(-1)
    if (!latest) return [{ kind: 'comments', row: comment.id, problem: 'forged', since: null }]
    const isErased = erased.isErased(comment)
    const problem =
      wrongWith(seals, latest, wordsFact(comment, comment)) ??
      earlierProblem(seals, comment, made, kept, isErased)
    return problem ? [{ kind: 'comments', row: comment.id, problem, since: latest.at }] : []
  })
}

interface KeptWords {
  /** What a version said when it was replaced. */
  replaced(id: string, version: number): Words | null
  /** What a version said before it was redacted. */
  original(id: string, version: number): Pick<Words, 'body' | 'wording'> | null
}

async function keptWords(db: Database, seals: Seals, said: readonly Comment[]): Promise<KeptWords> {
  const ids = said.map(({ id }) => id)
  const [earlier, sealed] = await Promise.all([
    db.query.select().from(versions).where(inArray(versions.commentId, ids)),
    db.query.select().from(originals).where(inArray(originals.commentId, ids)),
  ])
  const replaced = new Map(earlier.map((row) => [`${row.commentId} ${row.version}`, row]))
  const hidden = new Map(sealed.map((row) => [`${row.commentId} ${row.version}`, row]))
  return {
    replaced: (id, version) => replaced.get(`${id} ${version}`) ?? null,
    original(id, version) {
      const row = hidden.get(`${id} ${version}`)
      return row ? JSON.parse(openedOr(seals, row.sealed, originalPlace(id), '{}')) : null
    },
  }
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
      const wrong = wrongWith(seals, last, wordsFact(asked, words))
      if (wrong) return wrong
    } else if (!isErased) return 'unkeyed'
    if (first === last) continue
    if (first.key === null) {
      if (!isErased) return 'unkeyed'
    } else if (wrongWith(seals, first, wordsFact(asked, words))) {
      const original = kept.original(comment.id, version)
      if (!original || wrongWith(seals, first, wordsFact(asked, { ...words, ...original }))) return 'original'
    }
  }
  return null
}
