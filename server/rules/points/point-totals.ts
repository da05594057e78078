interface Counted {
  clause: string
  stance?: string
  outcome?: string
  count: number
}

interface PointCell {
  clause: string
  stance: string
  outcome: string
  points: number
  comments: number
}

/**
 * How many points there are by what they are about: every comment is one, less those that were split, and the points of
 * these.
 * @param comments how many comments of a key there are
 * @param keyOf what is told apart: a cell's clause, its stance, or its outcome
 */
export function pointTotals(
  comments: readonly Counted[],
  cells: readonly PointCell[],
  keyOf: (cell: { clause: string; stance?: string; outcome?: string }) => string,
): Map<string, number> {
  const totals = new Map<string, number>()
  const add = (key: string, count: number) => totals.set(key, (totals.get(key) ?? 0) + count)
  for (const cell of comments) add(keyOf(cell), cell.count)
  for (const cell of cells) add(keyOf(cell), cell.points - cell.comments)
  return totals
}
