import { findPersonalData, type Known } from '../personal-data/finding.ts'
import { type PersonalSpan, personalDataNames } from '../personal-data/kinds.ts'
import { isUnstorable } from '../typed.ts'

/** The texts of a comment that the public would see. */
export interface CommentText {
  body: string
  wording: string | null
}
export type TextField = keyof CommentText

/** What a marked piece may be: personal data, or what could not be searched for any. */
export const markNames = { ...personalDataNames, unchecked: '未能自动检查' } as const

/** A piece of a comment's text that may have to be hidden. */
export interface MarkedSpan extends Omit<PersonalSpan, 'kind'> {
  kind: keyof typeof markNames
  field: TextField
  /** Found by the portal, or marked by a moderator. */
  by: 'finder' | 'moderator'
  /** Whether it is hidden from the public; null while nobody has judged it. */
  hidden: boolean | null
}

/** What is found in a comment, for a moderator to judge. @param known of persons whom it may name */
export function proposedSpans({ body, wording }: CommentText, known?: Known): MarkedSpan[] {
  return [
    ...findPersonalData(body, known).map((span) => proposed(span, 'body')),
    ...findPersonalData(wording ?? '', known).map((span) => proposed(span, 'wording')),
  ]
}

/** All of a comment that could not be searched, for a moderator to look through. */
export function uncheckedSpans({ body, wording }: CommentText): MarkedSpan[] {
  return [
    proposed({ kind: 'unchecked', start: 0, end: [...body].length }, 'body'),
    proposed({ kind: 'unchecked', start: 0, end: [...(wording ?? '')].length }, 'wording'),
  ].filter(({ end }) => end > 0)
}

function proposed(span: Omit<MarkedSpan, 'field' | 'by' | 'hidden'>, field: TextField): MarkedSpan {
  return { ...span, field, by: 'finder', hidden: null }
}

export function unhandledCount(spans: readonly MarkedSpan[]): number {
  return spans.filter(({ hidden }) => hidden === null).length
}

export function hiddenCount(spans: readonly MarkedSpan[]): number {
  return spans.filter(({ hidden }) => hidden).length
}

/** Whether the public would read of somebody's health, or of a minor: that is published by itself, never with others. */
export function showsSensitive(spans: readonly MarkedSpan[]): boolean {
  return spans.some(({ kind, hidden }) => kind === 'sensitive' && hidden === false)
}

/** 涉及具体个人: whether somebody who is accused by name would be named in public, which no one moderator decides alone. */
export function needsSecondLook(spans: readonly MarkedSpan[]): boolean {
  return spans.some(({ kind, hidden }) => kind === 'accused' && hidden === false)
}

/** What the public reads in the place of a hidden piece: not that its bearer is accused. */
const coverNames = { ...markNames, accused: markNames.name } as const

/** The comment as the public sees it: each hidden piece is ▇▇ with its kind. */
export function redacted({ body, wording }: CommentText, spans: readonly MarkedSpan[]): CommentText {
  return {
    body: cover(body, spans, 'body'),
    wording: wording === null ? null : cover(wording, spans, 'wording'),
  }
}

function cover(text: string, spans: readonly MarkedSpan[], field: TextField): string {
  return piecesOf(text, spans, field)
    .map(({ text, span }) => (span?.hidden ? `▇▇（${coverNames[span.kind]}）` : text))
    .join('')
}

/** A text cut at its marked spans, in order; joined, the pieces are the text. */
export function piecesOf(
  text: string,
  spans: readonly MarkedSpan[],
  field: TextField,
): { text: string; span: MarkedSpan | null }[] {
  const characters = [...text]
  const pieces: { text: string; span: MarkedSpan | null }[] = []
  let place = 0
  for (const span of spans.filter((each) => each.field === field).sort((a, b) => a.start - b.start)) {
    if (span.start > place) pieces.push({ text: characters.slice(place, span.start).join(''), span: null })
    pieces.push({ text: characters.slice(span.start, span.end).join(''), span })
    place = span.end
  }
  if (place < characters.length) pieces.push({ text: characters.slice(place).join(''), span: null })
  return pieces
}

/** Where a text begins in a comment, in code points. */
export interface TextPlace {
  field: TextField
  start: number
}

/** Every place of a text, overlapping ones too, the body's first. */
export function placesOfText(comment: CommentText, text: string): TextPlace[] {
  if (text === '' || isUnstorable(text)) return []
  return (['body', 'wording'] as const).flatMap((field) => {
    const whole = comment[field] ?? ''
    const places: TextPlace[] = []
    let [last, start] = [0, 0]
    for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
      start += [...whole.slice(last, at)].length
      places.push({ field, start })
      last = at
    }
    return places
  })
}

export function isTextField(value: string): value is TextField {
  return value === 'body' || value === 'wording'
}

/**
 * The spans with one more, marked by a moderator as hidden; what it overlaps is taken into it, and what was not checked
 * stays so around it.
 * @returns null where the span lies outside its text
 */
export function withMarked(
  text: CommentText,
  spans: readonly MarkedSpan[],
  { field, start, end, kind }: PersonalSpan & { field: TextField },
): MarkedSpan[] | null {
  const length = [...(text[field] ?? '')].length
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end > length)
    return null
  const isUnchecked = (span: MarkedSpan) => span.kind === 'unchecked'
  const overlaps = (span: MarkedSpan) => span.field === field && span.start < end && span.end > start
  const touched = spans.filter((span) => overlaps(span) && !isUnchecked(span))
  const joined: MarkedSpan = {
    field,
    kind,
    by: 'moderator',
    hidden: true,
    start: Math.min(start, ...touched.map((span) => span.start)),
    end: Math.max(end, ...touched.map((span) => span.end)),
  }
  const others = spans.flatMap((span) =>
    isUnchecked(span) ? around(span, joined) : overlaps(span) ? [] : span,
  )
  return inOrder([...others, joined])
}

/** What is left of a span before and behind another. */
function around(span: MarkedSpan, { field, start, end }: MarkedSpan): MarkedSpan[] {
  if (span.field !== field) return [span]
  return [
    { ...span, end: Math.min(span.end, start) },
    { ...span, start: Math.max(span.start, end) },
  ].filter((piece) => piece.start < piece.end)
}

/** What a span holds. */
export function wordsOfSpan(comment: CommentText, { field, start, end }: MarkedSpan): string {
  return [...(comment[field] ?? '')].slice(start, end).join('')
}

/**
 * The spans with one judged: hidden, or shown; those of its kind with the same words are judged with it.
 * @returns null where there is none at this place
 */
export function withJudged(
  comment: CommentText,
  spans: readonly MarkedSpan[],
  place: number,
  hidden: boolean,
): MarkedSpan[] | null {
  const span = spans[place]
  if (!span) return null
  const words = wordsOfSpan(comment, span)
  return spans.flatMap((each) => {
    if (each.kind !== span.kind || wordsOfSpan(comment, each) !== words) return each
    return each.by === 'moderator' && !hidden ? [] : { ...each, hidden }
  })
}

/** Every span that nobody has judged yet, hidden. */
export function withAllHidden(spans: readonly MarkedSpan[]): MarkedSpan[] {
  return withAllJudged(spans, true)
}

/** Every span that nobody has judged yet, hidden or shown. */
export function withAllJudged(spans: readonly MarkedSpan[], hidden: boolean): MarkedSpan[] {
  return spans.map((span) => (span.hidden === null ? { ...span, hidden } : span))
}

function inOrder(spans: MarkedSpan[]): MarkedSpan[] {
  return spans.sort((a, b) => (a.field === b.field ? a.start - b.start : a.field < b.field ? -1 : 1))
}
