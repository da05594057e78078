import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  InsertedTextRun,
  type ParagraphChild,
  TextRun,
} from 'docx'
import type { Difference } from '../../text/comparing/differences.ts'
import { printable } from '../../text/words/printable.ts'
import { setIn, textRuns, type typefaces } from '../formats/word-page.ts'

type Face = keyof typeof typefaces

/** Who changed a text and when, and numbers that no other change of the document has. */
export interface Revision {
  author: string
  date: Date
  nextId: () => number
}

/** What a balloon stands at, in code points of the old text. */
export interface Anchored {
  id: number
  quote: { start: number; end: number }
}

/**
 * A text with its changes tracked and balloons at what they quote, which may overlap one another and the changes.
 * @param opening how many code points at its head are set in another face
 */
export function annotatedText(
  pieces: Difference[],
  balloons: Anchored[],
  opening: number,
  revision: Revision,
): ParagraphChild[] {
  const edges = [...new Set([opening, ...balloons.flatMap(({ quote }) => [quote.start, quote.end])])]
  const children: ParagraphChild[] = balloonsAt(balloons, 0)
  let at = 0
  for (const { change, text } of pieces) {
    if (change === 'added') {
      children.push(...changed(text, revision, InsertedTextRun))
      continue
    }
    for (const part of cutAt(
      [...text],
      edges.map((edge) => edge - at),
    )) {
      const face: Face = at < opening ? 'subheading' : 'body'
      if (change === 'removed') children.push(...changed(part.join(''), revision, DeletedTextRun))
      else children.push(...textRuns(part.join(''), { face }))
      at += part.length
      children.push(...balloonsAt(balloons, at))
    }
  }
  return children
}

/** The characters cut where one of the edges falls inside them. */
function cutAt(chars: string[], edges: number[]): string[][] {
  const inside = edges.filter((edge) => edge > 0 && edge < chars.length).sort((a, b) => a - b)
  return [...inside, chars.length].map((end, i) => chars.slice(inside[i - 1] ?? 0, end))
}

function balloonsAt(balloons: Anchored[], at: number): ParagraphChild[] {
  return [
    ...balloons.filter(({ quote }) => quote.end === at).flatMap(({ id }) => endOf(id)),
    ...balloons.filter(({ quote }) => quote.start === at).map(({ id }) => new CommentRangeStart(id)),
  ]
}

/** Word takes a reference nowhere but in a run (ISO/IEC 29500-1, 17.13.4.5). */
export function endOf(id: number): ParagraphChild[] {
  return [new CommentRangeEnd(id), new TextRun({ children: [new CommentReference(id)] })]
}

function changed(
  text: string,
  { author, date, nextId }: Revision,
  Run: typeof InsertedTextRun | typeof DeletedTextRun,
): ParagraphChild[] {
  return printable(text)
    .split(/\r\n?|\n/)
    .map(
      (line, i) =>
        new Run({
          id: nextId(),
          author,
          date: date.toISOString(),
          text: line,
          break: i > 0 ? 1 : 0,
          ...setIn(),
        }),
    )
}
