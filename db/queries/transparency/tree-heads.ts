import { and, asc, count, desc, eq, gt, inArray, isNotNull, lt, ne } from 'drizzle-orm'
import { reconcile } from '../../../server/rules/comments/equation.ts'
import { dueSize } from '../../../server/rules/transparency/head-times.ts'
import { consistencyPath } from '../../../server/rules/transparency/proof-paths.ts'
import { isContained } from '../../../server/rules/transparency/proofs.ts'
import { type HeadFigures, headStatement } from '../../../server/rules/transparency/statements.ts'
import type { Database } from '../../database.ts'
import { changesPages } from '../../noticed-changes.ts'
import { comments, consultations, leaves, submissions, treeHeads } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { logHash } from '../log/log-seals.ts'
import { leafCount, withoutLeaf } from './leaves.ts'
import { currentKey } from './signing-keys.ts'
import { hashesOver } from './tree-nodes.ts'

export type TreeHead = typeof treeHeads.$inferSelect

/** A consultation as its heads follow from it. */
type Published = Pick<
  typeof consultations.$inferSelect,
  'id' | 'slug' | 'headTimes' | 'closesAt' | 'outcomeAt'
>

/** The consultations of which a head is due, by their ids. */
export async function dueHeads(db: Database, now: Date): Promise<string[]> {
  const due: string[] = []
  for (const one of await withHeads(db, [])) if ((await nextHead(db, one, now)) !== null) due.push(one.id)
  return due
}

/** Signs and stores the heads that are due of these consultations. Only who holds the lease may call it. */
export async function publishHeads(
  db: Database,
  seals: Seals,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  for (const one of await withHeads(db, ids)) {
    const next = await nextHead(db, one, now)
    if (next) await publishHead(db, seals, one, next, now)
  }
}

/** @param ids none: all that have heads */
function withHeads(db: Database, ids: readonly string[]): Promise<Published[]> {
  const { id, slug, headTimes, closesAt, outcomeAt, publishedAt } = consultations
  return db.query
    .select({ id, slug, headTimes, closesAt, outcomeAt })
    .from(consultations)
    .where(
      and(isNotNull(publishedAt), ne(headTimes, 'off'), ids.length > 0 ? inArray(id, [...ids]) : undefined),
    )
}

interface NextHead {
  before: TreeHead | null
  size: number
}

/** null where none is due, or one is with all leaves, and some are still to be taken up. */
async function nextHead(db: Database, consultation: Published, now: Date): Promise<NextHead | null> {
  const [before = null] = await headsOf(db, consultation.id, 1)
  const leaves = await leafCount(db, consultation.id)
  const size = dueSize(consultation, before, leaves, now)
  if (size === null) return null
  const isWhole = size === leaves
  return isWhole && (await withoutLeaf(db, consultation.id, 1, now)).length > 0 ? null : { before, size }
}

/** @throws where the tree does not contain that of the head before: what was worked out anew is never signed */
async function publishHead(
  db: Database,
  seals: Seals,
  { id, slug, closesAt }: Published,
  { before, size }: NextHead,
  now: Date,
): Promise<void> {
  const [root = ''] = await hashesOver(db, id, [{ start: 0, end: size }])
  const path = before && before.size > 0 && before.size <= size ? consistencyPath(before.size, size) : []
  const consistency = await hashesOver(db, id, path)
  if (before && !isContained(before, { size, root }, consistency)) {
    throw new Error(`the tree of ${slug} does not contain that of its head ${before.number}`)
  }
  const figures = await figuresOf(db, id, size, closesAt)
  const log = await logHash(db)
  const key = await currentKey(db, seals, now)
  const signature = await key.sign(headStatement({ consultation: slug, size, root, at: now, figures, log }))
  await db.atomically((tx) => [
    changesPages(
      tx.insert(treeHeads).values({
        consultationId: id,
        number: (before?.number ?? 0) + 1,
        size,
        root,
        at: now,
        figures,
        logHash: log,
        publicKey: key.publicKey,
        signature,
        consistency,
      }),
    ),
  ])
}

/** Of the submissions that the head covers. @throws where the parts are not the whole: that is never signed */
async function figuresOf(
  { slow: query }: Database,
  consultationId: string,
  size: number,
  closesAt: Date,
): Promise<HeadFigures> {
  const isCovered = and(eq(leaves.consultationId, consultationId), lt(leaves.position, size))
  const covered = query.select({ id: leaves.submissionId }).from(leaves).where(isCovered)
  const isOfOne = inArray(comments.submissionId, covered)
  const [received, cells, late] = await Promise.all([
    query.$count(comments, isOfOne),
    query
      .select({ state: comments.state, count: count() })
      .from(comments)
      .where(isOfOne)
      .groupBy(comments.state),
    query.$count(submissions, and(inArray(submissions.id, covered), gt(submissions.createdAt, closesAt))),
  ])
  const { terms, holds } = reconcile(received, cells)
  if (!holds) throw new Error(`the comments of ${consultationId} by state are not all that were received`)
  return { late, received, states: Object.fromEntries(terms.map((term) => [term.state, term.count])) }
}

/** The heads of a consultation, the newest first. */
export function headsOf(db: Database, consultationId: string, most: number): Promise<TreeHead[]> {
  return db.query
    .select()
    .from(treeHeads)
    .where(eq(treeHeads.consultationId, consultationId))
    .orderBy(desc(treeHeads.number))
    .limit(most)
}

/** All of them, in their order. */
export function everyHead(db: Database, consultationId: string): Promise<TreeHead[]> {
  return db.query
    .select()
    .from(treeHeads)
    .where(eq(treeHeads.consultationId, consultationId))
    .orderBy(asc(treeHeads.number))
}

/** How many heads each consultation has. */
export async function headCounts(db: Database): Promise<Map<string, number>> {
  const { consultationId } = treeHeads
  const rows = await db.query
    .select({ consultationId, count: count() })
    .from(treeHeads)
    .groupBy(consultationId)
  return new Map(rows.map((row) => [row.consultationId, row.count]))
}
