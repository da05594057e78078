import { createHash } from 'node:crypto'

/** Where a hash stands: level 0 holds the leaves, and each level above one hash for two below. All from 0. */
export interface NodePlace {
  level: number
  position: number
}

/** A hash of the tree that never changes again: all leaves under it are there. */
export interface TreeNode extends NodePlace {
  hash: string
}

/** The leaves from `start` on, up to the one before `end`. */
export interface Leaves {
  start: number
  end: number
}

/** What a tree without leaves has for its root. */
export const emptyRoot = sha256(Buffer.alloc(0))

/** RFC 9162, 2.1.1. @param content what the leaf stands for */
export function leafHash(content: string): string {
  return sha256(Buffer.from([0]), Buffer.from(content))
}

/** RFC 9162, 2.1.1: the hash above two. */
export function nodeHash(left: string, right: string): string {
  return sha256(Buffer.from([1]), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'))
}

/**
 * What a tree gains by more leaves, with the leaves themselves.
 * @param before the hashes of `nodesOver` the leaves that are there, in their order
 */
export function grown(size: number, before: readonly string[], leaves: readonly string[]): TreeNode[] {
  const gained: TreeNode[] = []
  const right = nodesOver({ start: 0, end: size }).map((place, i) => ({ ...place, hash: before[i] ?? '' }))
  for (const [i, hash] of leaves.entries()) {
    let node: TreeNode = { level: 0, position: size + i, hash }
    gained.push(node)
    for (let left = right.at(-1); left?.level === node.level; left = right.at(-1)) {
      right.pop()
      node = { level: node.level + 1, position: left.position / 2, hash: nodeHash(left.hash, node.hash) }
      gained.push(node)
    }
    right.push(node)
  }
  return gained
}

/** The fewest nodes that have these leaves under them, from left to right. @param leaves as RFC 9162 splits a tree */
export function nodesOver({ start, end }: Leaves): NodePlace[] {
  const places: NodePlace[] = []
  for (let at = start; at < end; ) {
    const level = Math.floor(Math.log2(end - at))
    places.push({ level, position: at / 2 ** level })
    at += 2 ** level
  }
  return places
}

/** The hash over the nodes that `nodesOver` names, in its order. */
export function hashOver(hashes: readonly string[]): string {
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** RFC 9162, 2.1.1: how many leaves are on the left of a tree of more than one. */
export function leftOf(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1)
}

function sha256(...parts: Buffer[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
