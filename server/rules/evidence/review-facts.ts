import type { Fact, FactKind } from './facts.ts'

interface Ruled {
  commentId: string
  review: number
  version: number
  admission: string
  publication: string
  reason: string | null
  transferred: boolean
  note: string | null
  staffId: string
  createdAt: Date
}

/** 审核决定: one ruling on a version of a comment. */
export function decisionFact(decision: Ruled & { id: string; agreedBy: string | null }): Fact {
  const { id, agreedBy, note } = decision
  return withWords('decisions', 'decision_notes', id, [...ruling(decision), agreedBy], note)
}

/** What one moderator holds; a later vote of the same is in its place. */
export function voteFact(vote: Ruled): Fact {
  return withWords('votes', 'vote_notes', voteRow(vote), ruling(vote), vote.note)
}

export function voteRow({
  commentId,
  review,
  staffId,
}: Pick<Ruled, 'commentId' | 'review' | 'staffId'>): string {
  return `${commentId} ${review} ${staffId}`
}

function ruling(ruled: Ruled) {
  const { commentId, review, version, admission, publication, reason, transferred, staffId, createdAt } =
    ruled
  return [commentId, review, version, admission, publication, reason, transferred, staffId, createdAt]
}

interface Reopened {
  id: string
  commentId: string
  review: number
  reason: string
  staffId: string
  createdAt: Date
}

/** Why a decided comment was looked at again, and by whose wish. */
export function reopeningFact({ id, commentId, review, reason, staffId, createdAt }: Reopened): Fact {
  return withWords(
    'reopenings',
    'reopening_reasons',
    id,
    [commentId, review, staffId, createdAt],
    reason || null,
  )
}

interface Appealed {
  commentId: string
  review: number
  grounds: string
  createdAt: Date
}

/** 申请复核. */
export function appealFact({ commentId, review, grounds, createdAt }: Appealed): Fact {
  return withWords('appeals', 'appeal_grounds', commentId, [review, createdAt], grounds || null)
}

/** What became of an appeal. */
export function hearingFact(commentId: string, outcome: string | null, answer: string | null): Fact {
  return withWords('hearings', 'hearing_answers', commentId, [outcome], answer)
}

/** What is said in it may have to be erased, and has a digest of its own; there too where nothing is said. */
function withWords(
  kind: FactKind,
  ofWords: FactKind,
  row: string,
  content: unknown[],
  words: string | null,
): Fact {
  const part: Fact = { kind: ofWords, row, version: 1, content: [words], parts: [] }
  return { kind, row, version: 1, content, parts: [part] }
}
