import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  type ICommentOptions,
  InsertedTextRun,
  Packer,
  Paragraph,
  type ParagraphChild,
} from 'docx'
import { differences } from '../text/differences.ts'
import { a4Section, sizes, textRuns, titleParagraph, wordStyles } from './word-page.ts'

export interface DraftUnit {
  key: string | null
  kind: string
  label: string | null
  text: string
}

/** A 批注: what someone said of a clause, at its quote where it has one (positions in code points of the text). */
export interface Annotation {
  clause: string
  author: string
  date: Date
  text: string
  quote: { start: number; end: number } | null
}

/**
 * The draft as a Word file: comments stand as 批注 at what they quote, revised wordings as tracked changes, so that
 * whoever opens it in Word or WPS accepts or rejects each. Comments on the draft as a whole stand above its title.
 * @param wordings the clauses' new texts by key
 */
export function writeAnnotatedDraft(
  title: string,
  units: DraftUnit[],
  annotations: Annotation[],
  wordings: ReadonlyMap<string, string>,
  revision: { author: string; date: Date },
): Promise<Buffer> {
  const numbered = annotations.map((annotation, id) => ({ ...annotation, id }))
  const elsewhere = numbered.filter(({ clause }) => units.every(({ key }) => key !== clause))
  const file = new Document({
    styles: wordStyles,
    title,
    comments: { children: numbered.map(balloon) },
    sections: [
      {
        ...a4Section('portrait'),
        children: [
          ...(elsewhere.length > 0
            ? [new Paragraph({ children: elsewhere.flatMap(({ id }) => balloonAt(id)) })]
            : []),
          titleParagraph(title),
          ...units.map((unit) => {
            const here = numbered.filter(({ clause }) => clause === unit.key)
            const wording = unit.key === null ? undefined : wordings.get(unit.key)
            return unitParagraph(unit, here, wording, revision)
          }),
        ],
      },
    ],
  })
  return Packer.toBuffer(file)
}

function balloonAt(id: number): ParagraphChild[] {
  return [new CommentRangeStart(id), new CommentRangeEnd(id), new CommentReference(id)]
}

type Numbered = Annotation & { id: number }

function balloon({ id, author, date, text }: Numbered): ICommentOptions {
  const children = [new Paragraph({ children: textRuns(text, { size: sizes.table }) })]
  return { id, author, date, initials: author.slice(0, 1), children }
}

function unitParagraph(
  unit: DraftUnit,
  annotations: Numbered[],
  wording: string | undefined,
  revision: { author: string; date: Date },
): Paragraph {
  const heading = unit.kind === 'heading'
  const label = unit.label
    ? textRuns(unit.label, { face: heading ? 'heading' : 'subheading', size: sizes.body })
    : []
  const body =
    wording === undefined ? [plainText(unit.text, heading)] : trackedChange(unit.text, wording, revision)
  const whole = wording === undefined ? annotations.filter(({ quote }) => quote === null) : annotations
  const quoting = wording === undefined ? annotations.filter(({ quote }) => quote !== null) : []
  return new Paragraph({
    spacing: { line: 560, lineRule: 'exact' },
    indent: { firstLine: sizes.body * 20 },
    children: [
      ...whole.map(({ id }) => new CommentRangeStart(id)),
      ...label,
      ...(quoting.length > 0 ? quotedText(unit.text, quoting, heading) : body.flat()),
      ...whole.flatMap(({ id }) => [new CommentRangeEnd(id), new CommentReference(id) as ParagraphChild]),
    ],
  })
}

function plainText(text: string, heading: boolean): ParagraphChild[] {
  return textRuns(text, { face: heading ? 'heading' : 'body', size: sizes.body })
}

/** The text cut where a quote begins or ends, with the balloons' ends between the pieces. */
function quotedText(text: string, annotations: Numbered[], heading: boolean): ParagraphChild[] {
  const chars = [...text]
  const edges = annotations.flatMap(({ quote }) => (quote ? [quote.start, quote.end] : []))
  const cuts = [...new Set([0, ...edges, chars.length])].sort((a, b) => a - b)
  return cuts.flatMap((cut, i) => [
    ...annotations
      .filter(({ quote }) => quote?.end === cut)
      .flatMap(({ id }) => [new CommentRangeEnd(id), new CommentReference(id) as ParagraphChild]),
    ...annotations.filter(({ quote }) => quote?.start === cut).map(({ id }) => new CommentRangeStart(id)),
    ...(i + 1 < cuts.length ? plainText(chars.slice(cut, cuts[i + 1]).join(''), heading) : []),
  ])
}

function trackedChange(
  before: string,
  after: string,
  { author, date }: { author: string; date: Date },
): ParagraphChild[][] {
  const stamp = { author, date: date.toISOString() }
  return differences(before, after).map(({ text, change }, id) => {
    if (change === 'same') return plainText(text, false)
    const run = { id: id + 1, ...stamp, text, size: sizes.body }
    return [change === 'added' ? new InsertedTextRun(run) : new DeletedTextRun(run)]
  })
}
