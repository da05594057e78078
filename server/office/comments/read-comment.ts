import type { CommentFacts } from '../../../db/queries/comments/comment-facts.ts'
import type { ReadComment } from '../../../db/queries/comments/reading.ts'
import type { Attachment } from '../../../db/queries/submissions/attachments.ts'
import { admittedStates, outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { identityNames, nameOf, proposalNames, stanceNames, stateNames } from '../../rules/names.ts'
import { type ShownAttachment, shownAttachment } from '../../rules/submissions/attachments.ts'
import { type FoldedText, folded } from '../../text/words/folded.ts'
import { lit, type Piece } from '../../text/words/lit.ts'
import { readingAddress } from './reading-address.ts'

/** A comment as views/office/comments/_comment.eta shows it to whoever reads it in the office. */
export interface ShownComment extends Omit<ReadComment, 'body' | 'wording'> {
  stanceName: string
  stateName: string
  proposalName: string | null
  author: string
  receivedAt: string
  /** With what was looked for lit, and the end of a long one folded. */
  body: FoldedText
  wording: Piece[] | null
  /** It was admitted, so it may be picked for an answer. */
  answerable: boolean
  campaign: { count: number; reading: string; answering: string } | null
  response: { outcomeName: string; stateName: string; reason: string; href: string } | null
  department: CommentFacts['department']
  /** How far it has been parted into points; null where it is one. */
  split: CommentFacts['split']
  /** Where it is parted; null where it is not admitted. */
  parting: string | null
  themes: string[]
  /** The files that came with it and with whatever was sent together with it. */
  attachments: ShownAttachment[]
}

/** @param words what was looked for; empty lights nothing */
export function shownComment(
  comment: ReadComment,
  facts: CommentFacts | undefined,
  slug: string,
  words: string,
  attachments: Attachment[],
): ShownComment {
  const admitted: readonly string[] = admittedStates
  const identity = nameOf(identityNames, comment.identity)
  const { campaign = null, response = null, department = null, split = null, themes = [] } = facts ?? {}
  return {
    ...comment,
    stanceName: nameOf(stanceNames, comment.stance),
    stateName: nameOf(stateNames, comment.state),
    proposalName: comment.proposal && nameOf(proposalNames, comment.proposal),
    author: comment.maskedName ? `${comment.maskedName}（${identity}）` : identity,
    receivedAt: shanghaiMinute(comment.createdAt),
    body: folded(lit(comment.body, words)),
    wording: comment.wording === null ? null : lit(comment.wording, words),
    answerable: admitted.includes(comment.state),
    campaign: campaign && {
      count: campaign.count,
      reading: readingAddress(slug, { campaign: campaign.id }),
      answering: `/office/${slug}/responses/new?campaign=${campaign.id}`,
    },
    response: response && {
      outcomeName: nameOf(outcomeNames, response.outcome),
      stateName: nameOf(responseStateNames, response.state),
      reason: response.reason,
      href: `/office/${slug}/responses/${response.id}`,
    },
    department,
    split,
    parting: admitted.includes(comment.state) ? `/office/${slug}/splits/${comment.publicId}` : null,
    themes,
    attachments: attachments.map(shownAttachment),
  }
}
