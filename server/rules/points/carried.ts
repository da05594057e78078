import type { Arrangement, Point } from './arrangement.ts'

/** What two texts have in common and what not, in order, as `server/text/comparing/differences.ts` tells it. */
interface Difference {
  change: 'same' | 'added' | 'removed'
  text: string
}

/** What becomes of a point whose words were touched; null: it is gone. */
export type OfTouched = (point: Point) => Point | null

/** Its author changed them: it has neither concern nor answer any more. */
export const reopened: OfTouched = (point) => ({
  ...point,
  ...{ concernId: null, responseId: null, confirmedBy: null },
})
/** They were hidden from the public: it is what it was. */
export const asItWas: OfTouched = (point) => point
/** They are another's words. */
export const gone: OfTouched = () => null

/**
 * The points of a text as they stand in the one that takes its place. What goes in the place of removed words belongs to
 * whom those belonged; a point of which no word is left is gone.
 * @param differences joined, `same` and `removed` are the text as it was, `same` and `added` as it is
 */
export function carried(
  arrangement: Arrangement,
  differences: readonly Difference[],
  ofTouched: OfTouched,
): Arrangement {
  const runs = runsOf(differences)
  return arrangement.flatMap((point): Point[] => {
    const span = { start: startIn(runs, point.start), end: endIn(runs, point.end) }
    if (span.start >= span.end) return []
    const isTouched = runs.some(
      ({ isSame, before }) => !isSame && before.start < point.end && isBehind(before, point.start),
    )
    const moved = { ...point, ...span }
    const now = isTouched ? ofTouched(moved) : moved
    return now ? [now] : []
  })
}

/** Words that were put in right where a point begins are not in it. */
function isBehind({ start, end }: Run['before'], place: number): boolean {
  return start === end ? start > place : end > place
}

/** Words that are the same in both texts, or that took the place of others. */
interface Run {
  isSame: boolean
  before: { start: number; end: number }
  after: { start: number; end: number }
}

function runsOf(differences: readonly Difference[]): Run[] {
  const runs: Run[] = []
  let [old, now] = [0, 0]
  for (const { change, text } of differences) {
    const length = [...text].length
    const last = runs.at(-1)
    const run =
      last && !last.isSame && change !== 'same'
        ? last
        : { isSame: change === 'same', before: { start: old, end: old }, after: { start: now, end: now } }
    if (run !== last) runs.push(run)
    if (change !== 'added') old += length
    if (change !== 'removed') now += length
    run.before.end = old
    run.after.end = now
  }
  return runs
}

/** Where the first character of a point stands in the text as it is; where it was replaced with some before it, behind what took their place. */
function startIn(runs: readonly Run[], start: number): number {
  const run = runHolding(runs, start)
  if (run.isSame) return run.after.start + (start - run.before.start)
  return start === run.before.start ? run.after.start : run.after.end
}

/** Where a point ends: behind its last character, or what took its place. What was put in behind that is not its own. */
function endIn(runs: readonly Run[], end: number): number {
  const run = runHolding(runs, end - 1)
  return run.isSame ? run.after.start + (end - run.before.start) : run.after.end
}

function runHolding(runs: readonly Run[], place: number): Run {
  const run = runs.find(({ before }) => before.start <= place && place < before.end)
  if (!run) throw new RangeError(`no character stands at ${place}`)
  return run
}
