import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { leafFacts } from '../../db/queries/transparency/leaves.ts'
import { digests, leaves, submissions, treeNodes } from '../../db/schema/index.ts'
import { grown, leafHash } from '../../server/rules/transparency/merkle-tree.ts'
import { leafStatement } from '../../server/rules/transparency/statements.ts'
import type { TestPortal } from '../build.ts'

export type Leaf = typeof leaves.$inferSelect

/** The leaves of the seed consultation, in their order. */
export function leavesOf(db: Database): Promise<Leaf[]> {
  return db.query.select().from(leaves).orderBy(asc(leaves.position))
}

/**
 * What somebody does who can write the database but cannot sign: puts other leaves in the place of those that are there,
 * and works out the whole tree above them anew.
 */
export async function forge({ db, deps }: TestPortal, wanted: readonly Leaf[]): Promise<void> {
  const renumbered = wanted.map((leaf, position) => ({ ...leaf, position }))
  await db.query.delete(leaves)
  for (const some of inHundreds(renumbered)) await db.query.insert(leaves).values(some)
  const facts = await leafFacts(
    db,
    deps.seals,
    eq(submissions.consultationId, wanted[0]?.consultationId ?? ''),
  )
  const hashes = new Map(facts.map((one) => [one.submissionId, leafHash(leafStatement(one))]))
  const nodes = grown(
    0,
    [],
    renumbered.map(({ submissionId }) => hashes.get(submissionId) ?? ''),
  )
  await db.query.delete(treeNodes)
  const consultationId = wanted[0]?.consultationId ?? ''
  for (const some of inHundreds(nodes)) {
    await db.query.insert(treeNodes).values(some.map((node) => ({ consultationId, ...node })))
  }
}

/** Puts a digest of other words in the place of a submission's. @returns what puts the old one back */
export async function changeDigest(db: Database, submissionId: string): Promise<() => Promise<void>> {
  const [old] = await db.query
    .select()
    .from(digests)
    .where(eq(digests.row, submissionId))
    .orderBy(asc(digests.number))
  if (old?.kind !== 'submissions') throw new Error('the digest of the submission is there')
  const set = (digest: string) =>
    db.query.update(digests).set({ digest }).where(eq(digests.number, old.number))
  await set('another')
  return async () => void (await set(old.digest))
}

function* inHundreds<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let i = 0; i < rows.length; i += 100) yield rows.slice(i, i + 100)
}
