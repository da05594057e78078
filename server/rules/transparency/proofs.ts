import { nodeHash } from './merkle-tree.ts'

/** RFC 9162, 2.1.3.2: whether the tree of this size and root has the leaf at this position. */
export function isIncluded(
  leaf: string,
  position: number,
  { size, root }: { size: number; root: string },
  path: readonly string[],
): boolean {
  if (position >= size) return false
  let [at, last, hash] = [position, size - 1, leaf]
  for (const beside of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      hash = nodeHash(hash, beside)
    }
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && hash === root
}

/** RFC 9162, 2.1.4.2: whether the later tree begins with all leaves of the earlier one, in their order. */
export function isContained(
  earlier: { size: number; root: string },
  later: { size: number; root: string },
  path: readonly string[],
): boolean {
  if (earlier.size === 0) return path.length === 0
  if (earlier.size === later.size) return path.length === 0 && earlier.root === later.root
  if (earlier.size > later.size) return false
  const isWhole = Number.isInteger(Math.log2(earlier.size))
  const [first, ...rest] = isWhole ? [earlier.root, ...path] : path
  if (first === undefined) return false
  let [at, last, before, after] = [earlier.size - 1, later.size - 1, first, first]
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)]
  for (const beside of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(beside, before)
      after = nodeHash(beside, after)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      after = nodeHash(after, beside)
    }
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && before === earlier.root && after === later.root
}
