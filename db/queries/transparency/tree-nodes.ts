import { and, eq, inArray, or } from 'drizzle-orm'
import { hashOver, type Leaves, nodesOver } from '../../../server/rules/transparency/merkle-tree.ts'
import type { Database } from '../../database.ts'
import { treeNodes } from '../../schema/index.ts'

/** The hash over each of these ranges of a tree. @throws where a node is missing */
export async function hashesOver(
  db: Database,
  consultationId: string,
  ranges: readonly Leaves[],
): Promise<string[]> {
  return (await nodeHashes(db, consultationId, ranges)).map(hashOver)
}

/** The hashes of the nodes over each of these ranges, from left to right. @throws where one is missing */
export async function nodeHashes(
  db: Database,
  consultationId: string,
  ranges: readonly Leaves[],
): Promise<string[][]> {
  const places = ranges.map(nodesOver)
  const wanted = places.flat()
  if (wanted.length === 0) return places.map(() => [])
  const atLevels = [...new Set(wanted.map(({ level }) => level))].map((level) => {
    const at = wanted.flatMap((place) => (place.level === level ? place.position : []))
    return and(eq(treeNodes.level, level), inArray(treeNodes.position, at))
  })
  const rows = await db.query
    .select()
    .from(treeNodes)
    .where(and(eq(treeNodes.consultationId, consultationId), or(...atLevels)))
  const hashes = new Map(rows.map(({ level, position, hash }) => [`${level}/${position}`, hash]))
  return places.map((some) =>
    some.map(({ level, position }) => {
      const hash = hashes.get(`${level}/${position}`)
      if (hash === undefined)
        throw new Error(`the tree of ${consultationId} has no node ${level}/${position}`)
      return hash
    }),
  )
}
