import { and, eq, inArray, isNull, lt, max } from 'drizzle-orm'
import { takenUpAfter } from '../../../server/rules/transparency/head-times.ts'
import { isContained } from '../../../server/rules/transparency/proofs.ts'
import { isSigned } from '../../../server/rules/transparency/signatures.ts'
import { headStatement } from '../../../server/rules/transparency/statements.ts'
import type { Database } from '../../database.ts'
import { consultations, leaves, log, logSeals, signingKeys, submissions } from '../../schema/index.ts'
import { BrokenSeal, type Seals } from '../../sealing/sealed.ts'
import { openedKey, publicKeys } from './signing-keys.ts'
import { regrown, type WrongLeaf } from './tree-check.ts'
import { everyHead, type TreeHead } from './tree-heads.ts'

/** What is wrong with 提交存证; `place` is the number of a head, or the position of a leaf from 1. */
export interface WrongTree {
  /** null where it is of no one consultation. */
  slug: string | null
  place: number | string | null
  problem:
    | WrongLeaf['problem']
    | 'signature'
    | 'root'
    | 'order'
    | 'containing'
    | 'log'
    | 'untaken'
    | 'key'
    | 'foreign'
}

/**
 * Grows every tree anew from what is stored, and compares it with each of its heads: whether that was signed, has the
 * root that follows, contains the head before it, and names a state of the log that is still there. Then whether
 * every submission has its leaf, and every key was made here.
 */
export async function wrongTrees(db: Database, seals: Seals): Promise<WrongTree[]> {
  const { id, slug } = consultations
  const all = await db.query.select({ id, slug }).from(consultations).orderBy(slug)
  const wrong: WrongTree[] = []
  const own = new Set((await publicKeys(db)).map(({ publicKey }) => publicKey))
  for (const one of all) wrong.push(...(await wrongTree(db, seals, one, own)))
  return [...wrong, ...(await wrongKeys(db, seals))]
}

async function wrongTree(
  db: Database,
  seals: Seals,
  { id, slug }: { id: string; slug: string },
  own: ReadonlySet<string>,
): Promise<WrongTree[]> {
  const heads = await everyHead(db, id)
  const { roots, wrong } = await regrown(
    db,
    seals,
    id,
    heads.map(({ size }) => size),
  )
  const known = await knownSeals(db, heads)
  const ofHeads = heads.flatMap((head, i) => {
    const problem = wrongHead(slug, head, heads[i - 1] ?? null, { roots, seals: known, own })
    return problem ? [{ place: head.number, problem }] : []
  })
  const untaken = (await untakenOf(db, id)).map((place) => ({ place, problem: 'untaken' as const }))
  const ofLeaves = wrong.map(({ position, problem }) => ({ place: position, problem }))
  return [...ofLeaves, ...ofHeads, ...untaken].map((one) => ({ slug, ...one }))
}

function wrongHead(
  slug: string,
  head: TreeHead,
  before: TreeHead | null,
  known: { roots: ReadonlyMap<number, string>; seals: ReadonlySet<string>; own: ReadonlySet<string> },
): WrongTree['problem'] | null {
  const { publicKey, signature, logHash } = head
  if (head.number !== (before?.number ?? 0) + 1) return 'order'
  const statement = headStatement({ consultation: slug, log: logHash, ...head })
  if (!isSigned(statement, signature, publicKey)) return 'signature'
  if (!known.own.has(publicKey)) return 'foreign'
  if (before && !isContained(before, head, head.consistency)) return 'containing'
  if (known.roots.get(head.size) !== head.root) return 'root'
  return logHash === null || known.seals.has(logHash) ? null : 'log'
}

/** The hashes of the log's seals that heads name, as far as they are there. */
async function knownSeals(db: Database, heads: readonly TreeHead[]): Promise<Set<string>> {
  const known = new Set<string>()
  const named = heads.flatMap(({ logHash }) => logHash ?? [])
  for (let i = 0; i < named.length; i += 500) {
    const rows = await db.query
      .select({ hash: logSeals.hash })
      .from(logSeals)
      .where(inArray(logSeals.hash, named.slice(i, i + 500)))
    for (const { hash } of rows) known.add(hash)
  }
  return known
}

/** The receipts of submissions without a leaf that came well before others which have one. */
async function untakenOf(db: Database, consultationId: string): Promise<string[]> {
  const [newest] = await db.query
    .select({ at: max(submissions.createdAt) })
    .from(submissions)
    .innerJoin(leaves, eq(leaves.submissionId, submissions.id))
    .where(eq(submissions.consultationId, consultationId))
  if (!newest?.at) return []
  const rows = await db.query
    .select({ number: submissions.receiptNumber })
    .from(submissions)
    .leftJoin(leaves, eq(leaves.submissionId, submissions.id))
    .where(
      and(
        eq(submissions.consultationId, consultationId),
        isNull(leaves.submissionId),
        lt(submissions.createdAt, takenUpAfter('late', newest.at)),
      ),
    )
  return rows.map(({ number }) => number)
}

/** A key whose secret was not sealed here, or is gone though nobody has logged that it was lost, is somebody else's. */
async function wrongKeys(db: Database, seals: Seals): Promise<WrongTree[]> {
  const keys = await db.query.select().from(signingKeys)
  const lost = await db.query.$count(log, eq(log.act, 'keys.replace_lost'))
  const isForeign = (key: (typeof keys)[number]) => {
    try {
      return openedKey(seals, key)?.publicKey !== key.publicKey
    } catch (error) {
      if (error instanceof BrokenSeal) return true
      throw error
    }
  }
  const foreign = keys.filter((key) => key.secret !== null && isForeign(key))
  const gone = keys.filter(({ secret }) => secret === null).slice(lost)
  return [...foreign, ...gone].map(({ publicKey }) => ({ slug: null, place: publicKey, problem: 'key' }))
}
