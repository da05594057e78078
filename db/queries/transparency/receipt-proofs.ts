import { asc, eq } from 'drizzle-orm'
import { headsAreShown } from '../../../server/rules/transparency/head-times.ts'
import { inclusionPath } from '../../../server/rules/transparency/proof-paths.ts'
import { headStatement, leafStatement } from '../../../server/rules/transparency/statements.ts'
import type { Database } from '../../database.ts'
import { comments, type consultations, leaves, submissions } from '../../schema/index.ts'
import type { Receipt } from '../../sealing/receipt-secrets.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { leafOfReceipt, newLeaf, type StoredLeaf } from './leaves.ts'
import { type Opened, openingOf } from './openings.ts'
import { currentKey } from './signing-keys.ts'
import { headsOf, type TreeHead } from './tree-heads.ts'
import { hashesOver } from './tree-nodes.ts'

/** A text with its signature, as files name them. */
export interface Signed {
  statement: string
  signature: string
  public_key: string
}

/** What the holder of a receipt keeps: what was signed of it, and with which keys it is made of what was sent. */
export interface LeafFile {
  receipt: string
  leaf: Signed
  /** The submission's digest, and those of its comments whose words are still there. */
  opening: Opened[]
}

/** The same from the next head on: with the way up to it. */
export interface ProofFile extends LeafFile {
  inclusion: { position: number; path: string[] } | null
  head: Signed | null
}

/** What is signed of a submission as soon as it is stored; null where it has no digest yet. */
export async function signedLeaf(
  db: Database,
  seals: Seals,
  { number, createdAt, stored }: Receipt,
  { id, slug }: Pick<typeof consultations.$inferSelect, 'id' | 'slug'>,
  now: Date,
): Promise<Signed | null> {
  const leaf = stored
    ? newLeaf(seals, {
        submissionId: stored.id,
        consultationId: id,
        consultation: slug,
        createdAt,
        digest: stored.digest,
      })
    : await leafOfReceipt(db, seals, number)
  return leaf && sign(db, seals, leaf, now)
}

/** @returns null where the submission has no digest yet */
export async function leafFile(
  db: Database,
  seals: Seals,
  receipt: string,
  now: Date,
): Promise<LeafFile | null> {
  const stored = await leafOfReceipt(db, seals, receipt)
  if (!stored) return null
  const [submission] = await db.query
    .select()
    .from(submissions)
    .where(eq(submissions.id, stored.submissionId))
  const said = await db.query
    .select()
    .from(comments)
    .where(eq(comments.submissionId, stored.submissionId))
    .orderBy(asc(comments.number))
  return {
    receipt,
    leaf: await sign(db, seals, stored, now),
    opening: submission ? await openingOf(db, seals, submission, said) : [],
  }
}

/** The same with the newest head that the public may see, where the submission is in it. */
export async function proofFile(
  db: Database,
  seals: Seals,
  receipt: string,
  consultation: Shown,
  now: Date,
): Promise<ProofFile | null> {
  const file = await leafFile(db, seals, receipt, now)
  const covered = await coveringHead(db, receipt, consultation, now)
  if (!file || !covered) return file && { ...file, inclusion: null, head: null }
  const { position, head } = covered
  const path = await hashesOver(db, head.consultationId, inclusionPath(position, head.size))
  return { ...file, inclusion: { position, path }, head: signedHead(head, consultation.slug) }
}

/** A consultation as it is shown to the public. */
type Shown = Pick<typeof consultations.$inferSelect, 'slug' | 'publicationPolicy' | 'closesAt' | 'outcomeAt'>

/** The newest head that the public may see, with the place of a submission in it; null where it is in none yet. */
export async function coveringHead(
  db: Database,
  receipt: string,
  consultation: Shown,
  now: Date,
): Promise<{ position: number; head: TreeHead } | null> {
  if (!headsAreShown(consultation, now)) return null
  const [leaf] = await db.query
    .select({ position: leaves.position, consultationId: leaves.consultationId })
    .from(leaves)
    .innerJoin(submissions, eq(submissions.id, leaves.submissionId))
    .where(eq(submissions.receiptNumber, receipt))
  if (!leaf) return null
  const [head] = await headsOf(db, leaf.consultationId, 1)
  return head && head.size > leaf.position ? { position: leaf.position, head } : null
}

/** A head as files have it. */
export function signedHead(head: TreeHead, slug: string): Signed {
  const { publicKey, signature, logHash } = head
  return {
    statement: headStatement({ consultation: slug, log: logHash, ...head }),
    signature,
    public_key: publicKey,
  }
}

async function sign(db: Database, seals: Seals, stored: StoredLeaf, now: Date): Promise<Signed> {
  const key = await currentKey(db, seals, now)
  const statement = leafStatement(stored)
  return { statement, signature: await key.sign(statement), public_key: key.publicKey }
}
