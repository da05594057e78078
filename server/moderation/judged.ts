import type { Database } from '../../db/open.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { isConfirmed } from '../../db/queries/moderation/confirmations.ts'
import { type Examination, examinationOf } from '../../db/queries/moderation/examinations.ts'
import { isRedacted } from '../../db/queries/moderation/originals.ts'
import { attachmentsOf } from '../../db/queries/submissions/attachments.ts'
import type { Seals } from '../../db/sealed.ts'
import type { Dependencies } from '../dependencies.ts'
import { personalDataNames } from '../rules/comments/personal-data.ts'
import { shanghaiMinute } from '../rules/days.ts'
import {
  hiddenCount,
  type MarkedSpan,
  piecesOf,
  type TextField,
  unhandledCount,
} from '../rules/moderation/redactions.ts'
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
import { type Difference, differences } from '../text/comparing/differences.ts'
import { type PastAct, pastActs } from './past-acts.ts'

/** A piece of the comment's text; `span` is what is marked there. */
interface Piece {
  text: string
  span: { place: number; kind: string; hidden: boolean | null } | null
}

/** A comment and its clause side by side, as views/moderation/_judged.eta shows them. */
export interface Judged {
  id: string
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
  body: Piece[]
  proposal: string | null
  /** The wording with its marked pieces, where it has any; else compared with what it would replace. */
  wording: Piece[]
  wordingDifferences: Difference[]
  /** What it says, plain, so that a piece of it can be selected by keyboard. */
  texts: { field: TextField; name: string; text: string }[]
  spans: { place: number; text: string; kind: string; hidden: boolean | null }[]
  spansRevision: number
  /** What a marked text may be. */
  kinds: [kind: string, name: string][]
  unhandled: number
  hidden: number
  flagged: string[]
  officeOnly: boolean
  redacted: boolean
  /** The organisation in whose name it came; null for individuals. */
  organisation: { name: string; confirmed: boolean } | null
  /** The files that came with it and with whatever was sent together with it. */
  attachments: ShownAttachment[]
  past: PastAct[]
}

/** What a moderator sees of a comment when judging it. */
export async function judged({ db, seals }: Dependencies, comment: CommentToJudge): Promise<Judged> {
  const { id, version, state, slug, title, clause, quote } = comment
  const examination = await examinationOf(db, comment)
  const text = [...(comment.clauseText ?? '')]
  const [start, end] = quote ? [quote.start, quote.end] : [text.length, text.length]
  return {
    id,
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
    ...textOf(comment, examination),
    officeOnly: comment.visibility === 'office',
    redacted: await isRedacted(db, comment),
    organisation: await organisationOf(db, seals, comment),
    attachments: await attachmentsWith(db, seals, comment),
    past: await pastActs(db, id),
  }
}

async function organisationOf(
  db: Database,
  seals: Seals,
  { organisation, submissionId }: CommentToJudge,
): Promise<Judged['organisation']> {
  if (organisation === null) return null
  const name = seals.open(organisation, { table: 'submissions', column: 'organisation', row: submissionId })
  return { name, confirmed: await isConfirmed(db, submissionId) }
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

function textOf(comment: CommentToJudge, { spans, flagged, revision }: Examination) {
  const { body, wording, proposal, quote } = comment
  const pieces = (text: string, field: TextField) =>
    piecesOf(text, spans, field).map(
      ({ text, span }): Piece => ({ text, span: span && shownSpan(span, spans) }),
    )
  const wordingPieces = pieces(wording ?? '', 'wording')
  const isMarked = wordingPieces.some(({ span }) => span !== null)
  return {
    body: pieces(body, 'body'),
    wording: isMarked ? wordingPieces : [],
    wordingDifferences:
      isMarked || wording === null ? [] : wordingOf(wording, proposal, quote?.exact ?? null),
    texts: [
      { field: 'body' as const, name: '意见', text: body },
      ...(wording === null ? [] : [{ field: 'wording' as const, name: '修改后的表述', text: wording }]),
    ],
    spans: spans.map((span) => ({
      ...shownSpan(span, spans),
      text: [...((span.field === 'body' ? body : wording) ?? '')].slice(span.start, span.end).join(''),
    })),
    spansRevision: revision,
    kinds: markKinds.map((kind): [string, string] => [kind, personalDataNames[kind]]),
    unhandled: unhandledCount(spans),
    hidden: hiddenCount(spans),
    flagged,
  }
}

/** In the order in which a moderator is likeliest to look for them. */
const markKinds = [
  'name',
  'mobile',
  'landline',
  'id_number',
  'address',
  'bank_card',
  'email',
  'plate',
  'account',
  'other',
] as const

function shownSpan(span: MarkedSpan, spans: readonly MarkedSpan[]) {
  return { place: spans.indexOf(span), kind: personalDataNames[span.kind], hidden: span.hidden }
}

/** What is to be changed is compared with what is quoted; an insertion is new throughout. */
function wordingOf(wording: string, proposal: string | null, quoted: string | null): Difference[] {
  return proposal === 'amend' && quoted !== null
    ? differences(quoted, wording)
    : [{ change: 'added', text: wording }]
}
