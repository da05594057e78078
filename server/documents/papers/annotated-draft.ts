import { CommentRangeStart, type FileChild, type ICommentOptions, Paragraph, type ParagraphChild } from 'docx'
import { differences } from '../../text/comparing/differences.ts'
import type { Unit } from '../../text/outlining/outline.ts'
import { gapAfter } from '../../text/outlining/print.ts'
import { headingParagraph, unitTable } from '../drafts/draft-docx.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { a4Section } from '../formats/official-page.ts'
import { bodyParagraph, sizes, textRuns, titleParagraph } from '../formats/word-page.ts'
import { type Anchored, annotatedText, endOf, type Revision } from './annotated-text.ts'

/** A 批注: what someone said of a clause, at its quote where it has one (positions in code points of the text). */
export interface Annotation {
  clause: string
  author: string
  date: Date
  text: string
  quote: { start: number; end: number; exact: string } | null
}

/** One round's text with what was said of it. */
export interface AnnotatedRound<Said = Annotation> {
  title: string
  units: Unit[]
  annotations: Said[]
  /** The clauses' new texts by key. */
  wordings: ReadonlyMap<string, string>
}

type Numbered = Annotation & { id: number }

/**
 * The draft as a Word file: comments stand as 批注 at what they quote, revised wordings as tracked changes, so that
 * whoever opens it in Word or WPS accepts or rejects each. Comments on the draft as a whole stand at its title. Each
 * round begins on a page of its own, since a comment quotes the text that its author read.
 */
export function writeAnnotatedDraft(
  rounds: AnnotatedRound[],
  { author, date }: { author: string; date: Date },
): Promise<Buffer> {
  let balloons = 0
  let changes = 0
  const numbered = rounds.map((round) => ({
    ...round,
    annotations: round.annotations.map((annotation) => ({ ...annotation, id: balloons++ })),
  }))
  const revision = { author, date, nextId: () => ++changes }
  const file = officialDocument({
    title: rounds[0]?.title ?? '',
    creator: author,
    comments: { children: numbered.flatMap(({ annotations }) => annotations.map(balloon)) },
    sections: numbered.map((round) => ({
      ...a4Section('portrait'),
      children: roundParagraphs(round, revision),
    })),
  })
  return packed(file)
}

function balloon({ id, author, date, text }: Numbered): ICommentOptions {
  const children = [new Paragraph({ children: textRuns(text, { size: sizes.table }) })]
  return { id, author, date, initials: author.slice(0, 1), children }
}

function roundParagraphs(
  { title, units, annotations, wordings }: AnnotatedRound<Numbered>,
  revision: Revision,
): FileChild[] {
  const keys = new Set(units.map(({ key }) => key))
  const elsewhere = annotations.filter(({ clause }) => !keys.has(clause))
  return [
    titleParagraph(title, (runs) => around(runs, elsewhere)),
    ...units.flatMap((unit) => {
      const here = annotations.filter(({ clause }) => clause === unit.key)
      const wording = unit.key === null ? undefined : wordings.get(unit.key)
      return unitParagraphs(unit, here, wording, revision)
    }),
  ]
}

function unitParagraphs(
  unit: Unit,
  annotations: Numbered[],
  wording: string | undefined,
  revision: Revision,
): FileChild[] {
  if (unit.kind === 'heading') return [headingParagraph(unit)]
  const label = unit.label ? `${unit.label}${gapAfter(unit.label)}` : ''
  const face = unit.heading === null ? 'body' : 'subheading'
  const opening = [...(unit.heading ?? '')].length
  const pieces =
    wording === undefined ? [{ change: 'same' as const, text: unit.text }] : differences(unit.text, wording)
  const quoting = unit.table ? [] : annotations.flatMap((annotation) => anchored(annotation, unit.text))
  const whole = annotations.filter(({ id }) => quoting.every((one) => one.id !== id))
  const text = [
    ...textRuns(label, { face, size: sizes.body }),
    ...annotatedText(pieces, quoting, opening, revision),
  ]
  if (!unit.table) return [bodyParagraph(around(text, whole))]
  const below = wording === undefined ? textRuns(`（${unit.citation}）`, { size: sizes.table }) : text
  return [unitTable(unit.table), bodyParagraph(around(below, whole))]
}

/** A quote that does not stand in the text as it says, as after a 更正, is no place for a balloon. */
function anchored({ id, quote }: Numbered, text: string): Anchored[] {
  if (!quote || quote.start >= quote.end) return []
  const { start, end, exact } = quote
  return [...text].slice(start, end).join('') === exact ? [{ id, quote: { start, end } }] : []
}

function around(children: ParagraphChild[], annotations: Numbered[]): ParagraphChild[] {
  return [
    ...annotations.map(({ id }) => new CommentRangeStart(id)),
    ...children,
    ...annotations.flatMap(({ id }) => endOf(id)),
  ]
}
