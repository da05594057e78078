import { and, asc, desc, eq, exists, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { shanghaiDay } from '../../../server/rules/days.ts'
import { takenUpAfter } from '../../../server/rules/transparency/head-times.ts'
import { grown, leafHash } from '../../../server/rules/transparency/merkle-tree.ts'
import { leafStatement } from '../../../server/rules/transparency/statements.ts'
import type { Query, Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { consultations, digests, leaves, submissions, treeNodes } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { unmarked } from '../faults.ts'
import { nodeHashes } from './tree-nodes.ts'

/** The submissions that are to be taken up into a tree by now. @param consultationId null: of all consultations */
export async function withoutLeaf(
  { query }: Pick<Database, 'query'>,
  consultationId: string | null,
  most: number,
  now: Date,
): Promise<string[]> {
  const due = async (isDue: SQL) => {
    const rows = await query
      .select({ id: submissions.id })
      .from(consultations)
      .innerJoin(submissions, eq(submissions.consultationId, consultations.id))
      .where(
        and(
          isNull(submissions.leafAt),
          isDue,
          consultationId === null ? undefined : eq(consultations.id, consultationId),
          exists(digestsOf(query)),
          unmarked(query, 'leaves', submissions.id),
        ),
      )
      .orderBy(asc(consultations.id), asc(submissions.createdAt))
      .limit(most)
    return rows.map(({ id }) => id)
  }
  // One after the other: with either condition at once neither engine begins where those that are due begin.
  const ofClosed = await due(lt(consultations.closesAt, takenUpAfter('closed', now)))
  const old = ofClosed.length < most ? await due(lt(submissions.createdAt, takenUpAfter('open', now))) : []
  return [...new Set([...ofClosed, ...old])].slice(0, most)
}

function digestsOf(query: Reads) {
  return query
    .select({ number: digests.number })
    .from(digests)
    .where(and(eq(digests.row, submissions.id), eq(digests.kind, 'submissions')))
}

/**
 * Takes those of these submissions up that have no leaf yet, each into its consultation's tree. What is taken up together
 * stands in an order that tells nothing. Only who holds the lease may call it.
 */
export async function takeUp(db: Database, seals: Seals, ids: readonly string[], now: Date): Promise<void> {
  const waiting = (await leafFacts(db, seals, inArray(submissions.id, [...ids]))).filter(
    ({ position }) => position === null,
  )
  for (const consultationId of new Set(waiting.map((one) => one.consultationId))) {
    const taken = waiting
      .filter((one) => one.consultationId === consultationId)
      .map((one) => ({ ...one, hash: leafHash(leafStatement(one)) }))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    const size = await leafCount(db, consultationId)
    const [before = []] = await nodeHashes(db, consultationId, [{ start: 0, end: size }])
    const nodes = grown(
      size,
      before,
      taken.map(({ hash }) => hash),
    )
    await db.atomically((tx) => [
      tx.insert(leaves).values(
        taken.map(({ submissionId, blind }, i) => ({
          submissionId,
          consultationId,
          blind,
          position: size + i,
        })),
      ),
      tx.insert(treeNodes).values(nodes.map((node) => ({ consultationId, ...node }))),
      tx
        .update(submissions)
        .set({ leafAt: now })
        .where(
          inArray(
            submissions.id,
            taken.map(({ submissionId }) => submissionId),
          ),
        ),
    ])
  }
}

/** How many leaves a tree has. */
export async function leafCount(db: Database, consultationId: string): Promise<number> {
  const [last] = await db.query
    .select({ position: leaves.position })
    .from(leaves)
    .where(eq(leaves.consultationId, consultationId))
    .orderBy(desc(leaves.position))
    .limit(1)
  return last ? last.position + 1 : 0
}

/** What a submission's leaf says, and where it stands; `position` is null before it is taken up. */
export interface StoredLeaf {
  submissionId: string
  consultationId: string
  consultation: string
  position: number | null
  blind: string
  receivedOn: string
  digest: string
}

/** The leaves of such submissions, as they follow from what is stored; none for one without a digest. */
export async function leafFacts(db: Database, seals: Seals, areMeant: SQL): Promise<StoredLeaf[]> {
  return firstOfEach(seals, await leafRows(db.query).where(areMeant).orderBy(asc(digests.number)))
}

const ofReceipt = prepared('leaf_of_receipt', (query) =>
  leafRows(query)
    .where(eq(submissions.receiptNumber, sql.param(sql.placeholder('receipt'), submissions.receiptNumber)))
    .orderBy(asc(digests.number)),
)

/** The same for one receipt, which waits for it; null where it has no digest yet. */
export async function leafOfReceipt(db: Database, seals: Seals, receipt: string): Promise<StoredLeaf | null> {
  const [leaf] = firstOfEach(seals, await ofReceipt(db).execute({ receipt }))
  return leaf ?? null
}

function leafRows(query: Pick<Query, 'select'>) {
  return query
    .select({
      submissionId: submissions.id,
      consultationId: submissions.consultationId,
      consultation: consultations.slug,
      createdAt: submissions.createdAt,
      position: leaves.position,
      blind: leaves.blind,
      digest: digests.digest,
    })
    .from(submissions)
    .innerJoin(consultations, eq(consultations.id, submissions.consultationId))
    .innerJoin(digests, and(eq(digests.row, submissions.id), eq(digests.kind, 'submissions')))
    .leftJoin(leaves, eq(leaves.submissionId, submissions.id))
}

/** The first digest of each is the one that was made as it came in. */
function firstOfEach(seals: Seals, rows: readonly LeafRow[]): StoredLeaf[] {
  const first = new Map<string, StoredLeaf>()
  for (const { position, blind, ...row } of rows) {
    if (first.has(row.submissionId)) continue
    const leaf = newLeaf(seals, row)
    first.set(row.submissionId, { ...leaf, position, blind: blind ?? leaf.blind })
  }
  return [...first.values()]
}

/** The leaf of a submission that is not taken up yet. */
export function newLeaf(
  seals: Seals,
  { createdAt, ...row }: Omit<LeafRow, 'blind' | 'position'>,
): StoredLeaf {
  return {
    ...row,
    position: null,
    blind: seals.hash('leaf', row.submissionId),
    receivedOn: shanghaiDay(createdAt),
  }
}

interface LeafRow extends Omit<StoredLeaf, 'blind' | 'receivedOn'> {
  blind: string | null
  createdAt: Date
}
