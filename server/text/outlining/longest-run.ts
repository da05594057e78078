/** Which places of a list of distinct numbers form its longest rising run, the earlier of equals (patience sorting). */
export function longestRisingRun(values: number[]): Set<number> {
  /** The place of the smallest number that ends a run of each length. */
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [place, value] of values.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    before[place] = ends[low - 1]
    ends[low] = place
  }
  const run = new Set<number>()
  for (let place = ends.at(-1); place !== undefined; place = before[place]) run.add(place)
  return run
}
