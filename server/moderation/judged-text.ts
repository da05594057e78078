import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import type { Examination } from '../../db/queries/moderation/examinations.ts'
import {
  type CommentText,
  hiddenCount,
  type MarkedSpan,
  markNames,
  piecesOf,
  type TextField,
  unhandledCount,
  wordsOfSpan,
} from '../rules/moderation/redactions.ts'
import { personalDataNames } from '../rules/personal-data/kinds.ts'
import { type Difference, differences } from '../text/comparing/differences.ts'
import { excerpt } from '../text/words/sentences.ts'

/** A piece of the comment's text; `span` is what is marked there. */
interface Piece {
  text: string
  span: { place: number; kind: string; hidden: boolean | null } | null
}

/** What is marked, once for the same words; judged together, by the first one's place and by a key where there is one. */
interface Mark {
  place: number
  key: string | null
  text: string
  kind: string
  /** How often these words are marked. */
  count: number
  hidden: boolean | null
  /** By what it was found. */
  why: string | null
  unsure: boolean
}

/** What a comment says, with what is marked in it. */
export interface JudgedText {
  body: Piece[]
  /** The wording with its marked pieces, where it has any; else compared with what it would replace. */
  wording: Piece[]
  wordingDifferences: Difference[]
  /** What it says, plain, so that a piece of it can be selected by keyboard. */
  texts: { field: TextField; name: string; text: string }[]
  marks: Mark[]
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
    marks: marksOf(comment, spans),
    spansRevision: revision,
    kinds: markKinds.map((kind): [string, string] => [kind, personalDataNames[kind]]),
    unhandled: unhandledCount(spans),
    unchecked: spans.some(({ kind }) => kind === 'unchecked'),
    hidden: hiddenCount(spans),
    flagged,
  }
}

function marksOf(comment: CommentText, spans: readonly MarkedSpan[]): Mark[] {
  const same = new Map<string, MarkedSpan[]>()
  for (const span of spans) {
    const words = `${span.kind} ${span.hidden} ${wordsOfSpan(comment, span)}`
    same.set(words, [...(same.get(words) ?? []), span])
  }
  return [...same.values()].flatMap(([span, ...others], number) => {
    if (!span) return []
    const text = wordsOfSpan(comment, span)
    return {
      ...shownSpan(span, spans),
      key: number < 9 ? String(number + 1) : null,
      text: span.kind === 'unchecked' ? excerpt(text, 20) : text,
      count: 1 + others.length,
      why: span.why ?? null,
      unsure: span.unsure ?? false,
    }
  })
}

/** In the order in which a moderator is likeliest to look for them. */
const markKinds = [
  'name',
  'mobile',
  'landline',
  'id_number',
  'address',
  'document',
  'bank_card',
  'email',
  'plate',
  'account',
  'organisation',
  'sensitive',
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
