import { and, asc, between, eq, gte, inArray, or } from 'drizzle-orm'
import {
  grown,
  hashOver,
  leafHash,
  nodesOver,
  type TreeNode,
} from '../../../server/rules/transparency/merkle-tree.ts'
import { leafStatement } from '../../../server/rules/transparency/statements.ts'
import type { Database } from '../../database.ts'
import { leaves, submissions, treeNodes } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { leafFacts } from './leaves.ts'

/** What is wrong with the leaf at a position, counted from 1; or with the tree above. */
export interface WrongLeaf {
  position: number
  problem: 'changed' | 'removed' | 'node'
}

const batch = 500

/**
 * Grows a tree anew from the submissions that are stored, and compares it with what is stored of it.
 * @param sizes at which its root is wanted, rising
 */
export async function regrown(
  db: Database,
  seals: Seals,
  consultationId: string,
  sizes: readonly number[],
): Promise<{ roots: Map<number, string>; size: number; wrong: WrongLeaf[] }> {
  const roots = new Map<number, string>()
  const wrong: WrongLeaf[] = []
  let edge: TreeNode[] = []
  let size = 0
  const grow = (hashes: readonly string[]): TreeNode[] => {
    const gained = grown(
      size,
      edge.map(({ hash }) => hash),
      hashes,
    )
    size += hashes.length
    const at = new Map([...edge, ...gained].map((node) => [placeOf(node), node]))
    edge = nodesOver({ start: 0, end: size }).flatMap((place) => at.get(placeOf(place)) ?? [])
    if (sizes.includes(size)) roots.set(size, hashOver(edge.map(({ hash }) => hash)))
    return gained
  }
  grow([])
  for (;;) {
    const some = await leavesFrom(db, seals, consultationId, size)
    if (some.length === 0) return { roots, size, wrong }
    const stored = await storedNodes(db, consultationId, size, size + some.length)
    const gained: TreeNode[] = []
    for (const { position, hash } of some) {
      const at = stored.get(placeOf({ level: 0, position: size }))
      if (position !== size || hash === null) wrong.push({ position: size + 1, problem: 'removed' })
      else if (hash !== at) wrong.push({ position: size + 1, problem: 'changed' })
      if (position !== size) return { roots, size, wrong }
      // With what was stored, so that one changed leaf is not told again of every head above it.
      gained.push(...grow([at ?? hash ?? '']))
    }
    const above = gained.find((node) => node.level > 0 && stored.get(placeOf(node)) !== node.hash)
    if (above) wrong.push({ position: above.position * 2 ** above.level + 1, problem: 'node' })
  }
}

interface CheckedLeaf {
  position: number
  /** null: its submission, or the digest of it, is gone. */
  hash: string | null
}

async function leavesFrom(
  db: Database,
  seals: Seals,
  consultationId: string,
  position: number,
): Promise<CheckedLeaf[]> {
  const rows = await db.query
    .select({ submissionId: leaves.submissionId, position: leaves.position })
    .from(leaves)
    .where(and(eq(leaves.consultationId, consultationId), gte(leaves.position, position)))
    .orderBy(asc(leaves.position))
    .limit(batch)
  const ids = rows.map(({ submissionId }) => submissionId)
  const facts = await leafFacts(db, seals, inArray(submissions.id, ids))
  const hashes = new Map(facts.map((one) => [one.submissionId, leafHash(leafStatement(one))]))
  return rows.map((row) => ({ position: row.position, hash: hashes.get(row.submissionId) ?? null }))
}

/** All nodes that a tree gains from one size to another, by their places. */
async function storedNodes(
  db: Database,
  consultationId: string,
  from: number,
  to: number,
): Promise<Map<string, string>> {
  const levels = Array.from({ length: Math.floor(Math.log2(to)) + 1 }, (_, level) =>
    and(
      eq(treeNodes.level, level),
      between(treeNodes.position, Math.floor(from / 2 ** level), Math.floor(to / 2 ** level)),
    ),
  )
  const rows = await db.query
    .select()
    .from(treeNodes)
    .where(and(eq(treeNodes.consultationId, consultationId), or(...levels)))
  return new Map(rows.map((row) => [placeOf(row), row.hash]))
}

function placeOf({ level, position }: Pick<TreeNode, 'level' | 'position'>): string {
  return `${level}/${position}`
}
