import { nameOf, stanceNames } from '../../rules/names.ts'
import {
  needsSecond,
  overlap,
  type Point,
  pointPieces,
  type Span,
  saysNothing,
} from '../../rules/points/arrangement.ts'
import type { ProposedCut } from '../../text/cutting/proposed-cuts.ts'
import type { AskedSplit } from './asked-split.ts'

/** A sentence to tick, by its place among the sentences; one that a point parts is shown with the piece it begins in. */
interface ShownSentence {
  place: number
  /** Where its words begin in the letter, in code points. */
  at: number
  text: string
  /** A line of the letter ends behind it. */
  endsLine: boolean
}

/** A point, or a passage that asks for nothing, as it stands in the margin. */
interface ShownPart extends Point {
  /** null for a passage. */
  number: number | null
  clauseName: string
  stanceName: string
  isSettled: boolean
  isObjected: boolean
  /** A second person has still to agree that it asks for nothing; `mine` where the reader marked it. */
  confirmation: 'mine' | 'others' | null
}

/** A piece of the letter with what stands beside it: its point, or what is proposed for it, or nothing yet. */
export interface SplitRow {
  sentences: ShownSentence[]
  point: ShownPart | null
  proposed: (ProposedCut & { clauseName: string }) | null
  isBlank: boolean
  /** false of marks and numbers that were left between points. */
  needsAccount: boolean
}

/** A letter piece by piece. @param names what its clauses are called @param reader who reads it */
export function rowsOf(
  { comment, sentences }: AskedSplit,
  cuts: readonly ProposedCut[],
  names: ReadonlyMap<string, string>,
  reader: string,
): SplitRow[] {
  const { arrangement, settled, marks } = comment.split
  const length = [...comment.body].length
  const spans: Span[] = [...arrangement, ...cuts]
  const pieces = pointPieces(
    comment.body,
    spans.sort((a, b) => a.start - b.start),
  )
  let [start, number] = [0, 0]
  return pieces.map(({ text, point }) => {
    const row = { start, text, end: start + [...text].length }
    start = row.end
    const cut = cuts.find((one) => one === point) ?? null
    const own = cut ? null : (arrangement.find((one) => one === point) ?? null)
    return {
      sentences: sentencesIn(row, sentences),
      point: own && {
        ...own,
        number: own.kind === 'point' ? ++number : null,
        clauseName: nameIn(names, own.clause),
        stanceName: nameOf(stanceNames, own.stance),
        isSettled: settled.has(own.id),
        isObjected: marks.get(own.id)?.isObjected ?? false,
        confirmation:
          own.confirmedBy || !needsSecond(own, length)
            ? null
            : marks.get(own.id)?.by === reader
              ? 'mine'
              : 'others',
      },
      proposed: cut && { ...cut, clauseName: nameIn(names, cut.clause ?? comment.clause) },
      isBlank: text.trim() === '',
      needsAccount: !saysNothing(text),
    }
  })
}

function sentencesIn(
  { start, end, text }: Span & { text: string },
  sentences: readonly Span[],
): ShownSentence[] {
  const characters = [...text]
  return sentences.flatMap((sentence, place) => {
    if (!overlap(sentence, { start, end })) return []
    const [from, to] = [Math.max(sentence.start, start), Math.min(sentence.end, end)]
    const said = characters.slice(from - start, to - start).join('')
    const words = said.trim()
    const at = from + [...said.slice(0, said.length - said.trimStart().length)].length
    return words === '' ? [] : [{ place, at, text: words, endsLine: /[\n\r]\s*$/.test(said) }]
  })
}

export function nameIn(names: ReadonlyMap<string, string>, key: string): string {
  return names.get(key) ?? key
}
