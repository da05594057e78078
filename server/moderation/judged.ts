import type { Database } from '../../db/database.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { type Confirmation, confirmationOf } from '../../db/queries/moderation/confirmations.ts'
import { isRedacted } from '../../db/queries/moderation/originals.ts'
import { attachmentsOf } from '../../db/queries/submissions/attachments.ts'
import type { Seals } from '../../db/sealing/sealed.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiMinute } from '../rules/days.ts'
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
import { type ShownAttachment, shownAttachment } from '../rules/submissions/attachments.ts'
import { type JudgedText, judgedText } from './judged-text.ts'
import { type PastAct, pastActs } from './past-acts.ts'
import type { Reading } from './reading.ts'

/** A comment and its clause side by side, as views/moderation/_judged.eta shows them. */
export interface Judged extends JudgedText {
  publicId: string
  version: number
  state: string
  stateName: string
  slug: string
  title: string
  clause: string
  citation: string
  /** The clause's text around what the comment quotes of it. */
  before: string
  lit: string
  after: string
  facts: string[]
  proposal: string | null
  officeOnly: boolean
  redacted: boolean
  /** The organisation in whose name it came; null for individuals. */
  organisation: { name: string; confirmed: { proof: string; by: string; at: string } | null } | null
  /** The files that came with it and with whatever was sent together with it. */
  attachments: ShownAttachment[]
  past: PastAct[]
}

/** What a moderator sees of a comment when judging it. */
export async function judged({ db, seals }: Dependencies, reading: Reading): Promise<Judged> {
  const { comment, examination } = reading
  const { publicId, version, state, slug, title, clause, quote } = comment
  const text = [...(comment.clauseText ?? '')]
  const [start, end] = quote ? [quote.start, quote.end] : [text.length, text.length]
  return {
    publicId,
    version,
    state,
    stateName: nameOf(stateNames, state),
    slug,
    title,
    clause,
    citation: clause === wholeDraft ? wholeDraftName : (comment.citation ?? clause),
    before: text.slice(0, start).join(''),
    lit: text.slice(start, end).join(''),
    after: text.slice(end).join(''),
    facts: facts(comment),
    proposal: comment.proposal === null ? null : nameOf(proposalNames, comment.proposal),
    ...judgedText(comment, examination),
    officeOnly: comment.visibility === 'office',
    redacted: await isRedacted(db, comment),
    organisation: await organisationOf(db, seals, comment),
    attachments: await attachmentsWith(db, seals, comment),
    past: await pastActs(db, reading),
  }
}

async function organisationOf(
  db: Database,
  seals: Seals,
  { organisation, submissionId }: CommentToJudge,
): Promise<Judged['organisation']> {
  if (organisation === null) return null
  const name = seals.open(organisation, { table: 'submissions', column: 'organisation', row: submissionId })
  const confirmation = await confirmationOf(db, submissionId)
  return { name, confirmed: confirmation && shownConfirmation(confirmation) }
}

function shownConfirmation({ by, creditCode, staff, at }: Confirmation) {
  const proof = by === 'code' ? `统一社会信用代码 ${creditCode}` : '盖章公函'
  return { proof, by: staff, at: shanghaiMinute(at) }
}

async function attachmentsWith(db: Database, seals: Seals, { submissionId }: CommentToJudge) {
  const files = await attachmentsOf(db, seals, [submissionId])
  return (files.get(submissionId) ?? []).map(shownAttachment)
}

function facts(comment: CommentToJudge): string[] {
  return [
    nameOf(stanceNames, comment.stance),
    comment.maskedName ?? '未署名',
    nameOf(identityNames, comment.identity),
    comment.region,
    nameOf(channelNames, comment.channel),
    comment.reference,
    comment.receivedOn && `${comment.receivedOn} 收到${comment.afterClosing ? '（逾期）' : ''}`,
    nameOf(visibilityNames, comment.visibility),
    comment.receivedOn ? null : shanghaiMinute(comment.createdAt),
  ].filter((fact) => fact !== null)
}
