import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import type { Examination } from '../../db/queries/moderation/examinations.ts'
import {
  hiddenCount,
  type MarkedSpan,
  markNames,
  piecesOf,
  type TextField,
  unhandledCount,
} from '../rules/moderation/redactions.ts'
import { personalDataNames } from '../rules/personal-data/kinds.ts'
import { type Difference, differences } from '../text/comparing/differences.ts'
import { excerpt } from '../text/words/sentences.ts'

/** A piece of the comment's text; `span` is what is marked there. */
interface Piece {
  text: string
  span: { place: number; kind: string; hidden: boolean | null } | null
}

/** What a comment says, with what is marked in it. */
export interface JudgedText {
  body: Piece[]
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
  /** Whether a part of it could not be searched for personal data. */
  unchecked: boolean
  hidden: number
  flagged: string[]
}

/** What a comment says, with what its examination or a moderator has marked. */
export function judgedText(comment: CommentToJudge, { spans, flagged, revision }: Examination): JudgedText {
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
    spans: spans.map((span) => {
      const text = [...((span.field === 'body' ? body : wording) ?? '')].slice(span.start, span.end).join('')
      return { ...shownSpan(span, spans), text: span.kind === 'unchecked' ? excerpt(text, 20) : text }
    }),
    spansRevision: revision,
    kinds: markKinds.map((kind): [string, string] => [kind, personalDataNames[kind]]),
    unhandled: unhandledCount(spans),
    unchecked: spans.some(({ kind }) => kind === 'unchecked'),
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
  return { place: spans.indexOf(span), kind: markNames[span.kind], hidden: span.hidden }
}

/** What is to be changed is compared with what is quoted; an insertion is new throughout. */
function wordingOf(wording: string, proposal: string | null, quoted: string | null): Difference[] {
  return proposal === 'amend' && quoted !== null
    ? differences(quoted, wording)
    : [{ change: 'added', text: wording }]
}
