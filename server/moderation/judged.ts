import { decisionsOn } from '../../db/queries/decisions.ts'
import type { CommentToJudge } from '../../db/queries/queue.ts'
import type { Dependencies } from '../dependencies.ts'
import { stateAfter } from '../rules/comment-states.ts'
import {
  channelNames,
  identityNames,
  nameOf,
  proposalNames,
  stanceNames,
  stateNames,
  visibilityNames,
  wholeDraft,
  wholeDraftName,
} from '../rules/names.ts'
import { defaultReasons } from '../rules/reasons.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { type Difference, differences } from '../text/differences.ts'

export interface PastDecision {
  by: string
  at: string
  outcome: string
  reason: string | null
  note: string | null
}

/** A comment and its clause side by side, as views/moderation/_judged.eta shows them. */
export interface Judged {
  id: string
  version: number
  pending: boolean
  slug: string
  title: string
  clause: string
  citation: string
  /** The clause's text around what the comment quotes of it. */
  before: string
  lit: string
  after: string
  facts: string[]
  body: string
  proposal: string | null
  wording: Difference[]
  past: PastDecision[]
}

/** What a moderator sees of a comment when judging it. */
export async function judged({ db }: Dependencies, comment: CommentToJudge): Promise<Judged> {
  const { id, version, slug, title, clause, quote } = comment
  const text = [...(comment.clauseText ?? '')]
  const [start, end] = quote ? [quote.start, quote.end] : [text.length, text.length]
  return {
    id,
    version,
    slug,
    title,
    clause,
    pending: comment.state === 'pending',
    citation: clause === wholeDraft ? wholeDraftName : (comment.citation ?? clause),
    before: text.slice(0, start).join(''),
    lit: text.slice(start, end).join(''),
    after: text.slice(end).join(''),
    facts: facts(comment),
    body: comment.body,
    proposal: comment.proposal === null ? null : nameOf(proposalNames, comment.proposal),
    wording: wordingOf(comment),
    past: await pastDecisions(comment.id, db),
  }
}

function facts(comment: CommentToJudge): string[] {
  return [
    nameOf(stanceNames, comment.stance),
    comment.maskedName ?? '未署名',
    nameOf(identityNames, comment.identity),
    comment.region,
    nameOf(channelNames, comment.channel),
    nameOf(visibilityNames, comment.visibility),
    shanghaiMinute(comment.createdAt),
  ].filter((fact) => fact !== null)
}

/** What is to be changed is compared with what is quoted; an insertion is new throughout. */
function wordingOf({ proposal, wording, quote }: CommentToJudge): Difference[] {
  if (wording === null) return []
  return proposal === 'amend' && quote
    ? differences(quote.exact, wording)
    : [{ change: 'added', text: wording }]
}

async function pastDecisions(commentId: string, db: Dependencies['db']): Promise<PastDecision[]> {
  const rows = await decisionsOn(db, commentId)
  return rows.map(({ decision: { admission, publication, reason, note, createdAt }, by }) => ({
    by,
    at: shanghaiMinute(createdAt),
    outcome: nameOf(stateNames, stateAfter(admission, publication)),
    reason: defaultReasons.find(({ code }) => code === reason)?.name ?? reason,
    note,
  }))
}
