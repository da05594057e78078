import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  emptyRoot,
  grown,
  hashOver,
  type Leaves,
  leafHash,
  leftOf,
  nodeHash,
  nodesOver,
  type TreeNode,
} from '../../../server/rules/transparency/merkle-tree.ts'
import { consistencyPath, inclusionPath } from '../../../server/rules/transparency/proof-paths.ts'
import { isContained, isIncluded } from '../../../server/rules/transparency/proofs.ts'

/** The leaves with which certificate-transparency-go, and RFC 9162's authors before it, try their trees; in hex. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')))
/** The roots of the first one, two … eight of them. */
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** The tree over these leaves, with whatever node of it is asked for. */
function treeOf(hashes: readonly string[], steps: readonly number[] = [hashes.length]) {
  const nodes: TreeNode[] = []
  const over = (some: Leaves) =>
    nodesOver(some).map(
      ({ level, position }) =>
        nodes.find((one) => one.level === level && one.position === position)?.hash ?? '',
    )
  let size = 0
  for (const step of steps) {
    nodes.push(...grown(size, over({ start: 0, end: size }), hashes.slice(size, size + step)))
    size = Math.min(size + step, hashes.length)
  }
  const root = (at = size) => hashOver(over({ start: 0, end: at }))
  return { root, path: (places: Leaves[]) => places.map((some) => hashOver(over(some))) }
}

/** RFC 9162, 2.1.1, word for word. */
function rootByDefinition(hashes: readonly string[]): string {
  const [first] = hashes
  if (first === undefined) return emptyRoot
  if (hashes.length === 1) return first
  const left = leftOf(hashes.length)
  return nodeHash(rootByDefinition(hashes.slice(0, left)), rootByDefinition(hashes.slice(left)))
}

describe('the vectors that other implementations are tried with', () => {
  test('a tree without leaves has the hash of nothing', () => {
    expect(emptyRoot).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hashOver([])).toBe(emptyRoot)
  })

  test.each(roots.map((root, i) => [i + 1, root] as const))('%i leaves have their root', (size, root) => {
    expect(treeOf(leaves).root(size)).toBe(root)
  })

  test('a leaf is led up to the root by its path', () => {
    const { path } = treeOf(leaves)
    expect(path(inclusionPath(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(path(inclusionPath(1, 5))).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ])
    expect(path(inclusionPath(2, 3))).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ])
  })

  test('a tree is shown to begin with a smaller one', () => {
    const { path } = treeOf(leaves)
    expect(path(consistencyPath(1, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(path(consistencyPath(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
  })
})

const someLeaves = fc
  .integer({ min: 1, max: 70 })
  .map((count) => Array.from({ length: count }, (_, i) => leafHash(`leaf ${i}`)))
const steps = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 70, maxLength: 70 })
const part = fc.nat({ max: 1_000_000 })

test('however a tree grows, its root is that of the definition', () => {
  fc.assert(
    fc.property(someLeaves, steps, (hashes, by) => {
      expect(treeOf(hashes, by).root()).toBe(rootByDefinition(hashes))
    }),
  )
})

test('every leaf is proved at its position in every tree, and nothing else is', () => {
  fc.assert(
    fc.property(someLeaves, part, part, (hashes, of, at) => {
      const size = 1 + (of % hashes.length)
      const position = at % size
      const tree = treeOf(hashes)
      const head = { size, root: tree.root(size) }
      const path = tree.path(inclusionPath(position, size))
      const leaf = hashes[position] ?? ''
      expect(isIncluded(leaf, position, head, path)).toBe(true)
      expect(isIncluded(leafHash('another'), position, head, path)).toBe(false)
      expect(isIncluded(leaf, (position + 1) % (size + 1), head, path)).toBe(false)
      expect(isIncluded(leaf, position, { ...head, root: leafHash('another') }, path)).toBe(false)
      expect(isIncluded(leaf, position, head, [...path, leaf])).toBe(false)
      if (size > 1) expect(isIncluded(leaf, position, head, path.slice(1))).toBe(false)
    }),
  )
})

test('every tree is proved to begin with every earlier one, and no other is', () => {
  fc.assert(
    fc.property(someLeaves, part, part, part, (hashes, to, from, changed) => {
      const size = 1 + (to % hashes.length)
      const before = 1 + (from % size)
      const tree = treeOf(hashes)
      const [earlier, later] = [before, size].map((at) => ({ size: at, root: tree.root(at) }))
      if (!earlier || !later) throw new Error('both are there')
      const path = tree.path(consistencyPath(before, size))
      expect(isContained(earlier, later, path)).toBe(true)

      const altered = hashes.with(changed % before, leafHash('another'))
      const other = treeOf(altered)
      const forged = { size, root: other.root(size) }
      expect(isContained(earlier, forged, other.path(consistencyPath(before, size)))).toBe(false)
      expect(isContained(earlier, forged, path)).toBe(false)
      if (before < size) expect(isContained(later, earlier, path)).toBe(false)
    }),
  )
})
