import type { Arrangement, Point } from './arrangement.ts'

/** What two texts have in common and what not, in order, as `server/text/comparing/differences.ts` tells it. */
interface Difference {
  change: 'same' | 'added' | 'removed'
  text: string
}

/**
 * The points of a text as they stand in the one that takes its place. What goes in the place of removed words belongs to
 * whom those belonged; a point of which no word is left is gone.
 * @param differences joined, `same` and `removed` are the text as it was, `same` and `added` as it is
 * @param isReopened whether a point whose words were touched has its answer no more: so where the author changed them, and
 * not where they were hidden from the public
 */
export function carried(
  arrangement: Arrangement,
  differences: readonly Difference[],
  isReopened: boolean,
): Arrangement {
  const runs = runsOf(differences)
  return arrangement.flatMap((point): Point[] => {
    const span = { start: placeIn(runs, point.start), end: placeIn(runs, point.end) }
    if (span.start >= span.end) return []
    const isTouched = runs.some(
      (run) =>
        !run.isSame &&
        (run.before.start < point.end || run.before.start === run.before.end) &&
        run.before.start < point.end &&
        run.before.end > point.start,
    )
    const answered = isTouched && isReopened ? { concernId: null, responseId: null, confirmedBy: null } : {}
    return [{ ...point, ...span, ...answered }]
  })
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

/** Where a bound of the text as it was stands in the text as it is: behind what took the place of the words around it. */
function placeIn(runs: readonly Run[], place: number): number {
  const run = runs.find(({ before }) => place < before.end)
  if (!run) return runs.at(-1)?.after.end ?? 0
  if (run.isSame) return run.after.start + (place - run.before.start)
  return place === run.before.start ? run.after.start : run.after.end
}
