import { longPassage, type PointKind } from './points.ts'

/** Code points of a comment's body, `end` exclusive. */
export interface Span {
  start: number
  end: number
}

/** A point of a comment, or a passage that asks for nothing. */
export interface Point extends Span {
  id: string
  kind: PointKind
  clause: string
  stance: string
  themeId: string | null
  departmentId: string | null
  /** YYYY-MM-DD; null where none is set. */
  dueOn: string | null
  concernId: string | null
  responseId: string | null
  reason: string | null
  confirmedBy: string | null
}

/** The points of one comment, in the order of its text; none overlaps another. */
export type Arrangement = readonly Point[]

/** What may be done to an arrangement; the ids of those points whose answer is approved, which nothing may touch. */
export interface Bounds {
  settled: ReadonlySet<string>
  newId(): string
}

/** An approved answer stands on words that were to be taken from it. */
export class Settled extends Error {
  override name = 'Settled'
}

/**
 * The arrangement with one point more. What it takes from others is theirs no more: they keep what is left before and
 * behind it.
 * @throws Settled where that is a point whose answer is approved
 */
export function withPoint(arrangement: Arrangement, point: Point, bounds: Bounds): Arrangement {
  return inOrder([...freed(arrangement, point, bounds), point])
}

/** The arrangement in which nothing covers a span. @throws Settled */
export function freed(arrangement: Arrangement, span: Span, { settled, newId }: Bounds): Arrangement {
  return arrangement.flatMap((point) => {
    if (!overlap(point, span)) return [point]
    if (settled.has(point.id)) throw new Settled()
    const left = { ...point, end: span.start }
    const right = { ...point, start: span.end }
    if (left.start >= left.end) return right.start < right.end ? [right] : []
    return right.start < right.end ? [left, { ...right, id: newId() }] : [left]
  })
}

/** The arrangement without a point: its words are nobody's again. @throws Settled */
export function withoutPoint(arrangement: Arrangement, id: string, { settled }: Bounds): Arrangement {
  if (settled.has(id)) throw new Settled()
  return arrangement.filter((point) => point.id !== id)
}

/**
 * The arrangement in which a point is one with the one before it, and with what stands between them.
 * @throws Settled
 */
export function mergedWithEarlier(arrangement: Arrangement, id: string, { settled }: Bounds): Arrangement {
  const place = arrangement.findIndex((point) => point.id === id)
  const [earlier, point] = [arrangement[place - 1], arrangement[place]]
  if (!earlier || !point) return arrangement
  if (settled.has(earlier.id) || settled.has(point.id)) throw new Settled()
  const merged = { ...earlier, end: point.end, confirmedBy: null }
  return arrangement.flatMap((one) => (one === earlier ? [merged] : one === point ? [] : [one]))
}

/** Nothing was done to a point whose answer is approved, whatever was done to the others. @throws Settled */
export function keepingSettled(before: Arrangement, now: Arrangement, { settled }: Bounds): Arrangement {
  for (const point of before.filter(({ id }) => settled.has(id)))
    if (!now.some((one) => isSame(one, point))) throw new Settled()
  return now
}

function isSame(a: Point, b: Point): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
}

/** What may be changed of a point without moving its words. */
export type PointFacts = Pick<Point, 'clause' | 'stance' | 'themeId' | 'departmentId'>

/** The arrangement in which a point is about something else; another department has no due day yet. @throws Settled */
export function changed(
  arrangement: Arrangement,
  id: string,
  facts: Partial<PointFacts>,
  { settled }: Bounds,
): Arrangement {
  if (settled.has(id)) throw new Settled()
  return arrangement.map((point) => {
    if (point.id !== id) return point
    const { departmentId = point.departmentId } = facts
    return { ...point, ...facts, dueOn: departmentId === point.departmentId ? point.dueOn : null }
  })
}

/**
 * An earlier arrangement, as it may come back: what somebody has decided of its points since stays decided, and of one that
 * is back nothing is decided yet.
 */
export function restored(before: Arrangement, now: Arrangement): Arrangement {
  return before.map((point) => {
    const { concernId, responseId, themeId, departmentId, dueOn } =
      now.find(({ id }) => id === point.id) ?? undecided
    return { ...point, concernId, responseId, themeId, departmentId, dueOn }
  })
}

const undecided = { concernId: null, responseId: null, themeId: null, departmentId: null, dueOn: null }

/** The arrangement with what is proposed for all that nothing covers yet. */
export function withProposed(arrangement: Arrangement, proposed: readonly Point[]): Arrangement {
  return inOrder([
    ...arrangement,
    ...proposed.filter((one) => !arrangement.some((point) => overlap(point, one))),
  ])
}

/** What no point covers, in the order of the text; joined with the points it is the text. @param length in code points */
export function interludes(arrangement: readonly Span[], length: number): Span[] {
  const gaps: Span[] = []
  let place = 0
  for (const { start, end } of arrangement) {
    if (start > place) gaps.push({ start: place, end: start })
    place = end
  }
  if (place < length) gaps.push({ start: place, end: length })
  return gaps
}

/** A piece of a text: of a point, or of none. */
export interface Piece<Part extends Span = Point> {
  text: string
  point: Part | null
}

/** A text cut at its points, or at other spans that do not overlap, in order; joined, the pieces are the text. */
export function pointPieces<Part extends Span>(text: string, arrangement: readonly Part[]): Piece<Part>[] {
  const characters = [...text]
  const between = interludes(arrangement, characters.length).map((span) => ({ ...span, point: null }))
  return [...arrangement.map((point) => ({ start: point.start, end: point.end, point })), ...between]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, point }) => ({ text: characters.slice(start, end).join(''), point }))
}

/** Blanks, marks and what numbers an item, as 一、 that is left before a point: they need no account. */
export function saysNothing(text: string): boolean {
  return /^[\p{White_Space}\p{P}\p{S}\p{N}零一二三四五六七八九十]*$/u.test(text)
}

/** How many sentences lie, with words of theirs, neither in a point nor in a passage that asks for nothing. */
export function uncoveredSentences(
  text: string,
  sentences: readonly Span[],
  arrangement: Arrangement,
): number {
  const characters = [...text]
  const gaps = interludes(arrangement, characters.length)
  const shared = (a: Span, b: Span) =>
    characters.slice(Math.max(a.start, b.start), Math.min(a.end, b.end)).join('')
  return sentences.filter((sentence) =>
    gaps.some((gap) => overlap(gap, sentence) && !saysNothing(shared(gap, sentence))),
  ).length
}

/** Whether a second person has to agree that a passage asks for nothing. @param length of the whole text, in code points */
export function needsSecond(
  { kind, start, end }: Pick<Point, 'kind' | 'start' | 'end'>,
  length: number,
): boolean {
  return kind === 'no_proposal' && (end - start > longPassage || end - start >= length)
}

/** Whether two spans share words. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function inOrder(points: Point[]): Arrangement {
  return points.sort((a, b) => a.start - b.start)
}
