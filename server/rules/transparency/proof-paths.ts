import { type Leaves, leftOf } from './merkle-tree.ts'

/** RFC 9162, 2.1.3.1: over which leaves the hashes go that lead from one leaf up to the root. */
export function inclusionPath(position: number, size: number): Leaves[] {
  return below(position, { start: 0, end: size })
}

function below(position: number, { start, end }: Leaves): Leaves[] {
  if (end - start === 1) return []
  const middle = start + leftOf(end - start)
  const [left, right] = [
    { start, end: middle },
    { start: middle, end },
  ]
  return position < middle ? [...below(position, left), right] : [...below(position, right), left]
}

/**
 * RFC 9162, 2.1.4.1: over which leaves the hashes go that show a tree to begin with all leaves of a smaller one.
 * @param from from 1 on: anything begins with nothing
 */
export function consistencyPath(from: number, to: number): Leaves[] {
  return from === to ? [] : between(from, { start: 0, end: to }, true)
}

/** @param isWhole whether the smaller tree's own root is at hand, as far as it lies here */
function between(from: number, { start, end }: Leaves, isWhole: boolean): Leaves[] {
  if (from === end) return isWhole ? [] : [{ start, end }]
  const middle = start + leftOf(end - start)
  return from <= middle
    ? [...between(from, { start, end: middle }, isWhole), { start: middle, end }]
    : [...between(from, { start: middle, end }, false), { start, end: middle }]
}
