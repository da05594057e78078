import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, sql, sum } from 'drizzle-orm'
import { endorsementFact } from '../../../server/rules/evidence/office-facts.ts'
import { logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { heldRow } from '../../held-row.ts'
import { ifRefused, Refused } from '../../refused.ts'
import { comments, consultations, endorsementCounts, endorsements } from '../../schema/index.ts'
import { KeyReused, type Receipt, receiptCodeHash, receiptSecrets } from '../../sealing/receipt-secrets.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { type Consultation, raiseRevision } from '../consultations/consultations.ts'
import { addToClause } from './endorsed-clauses.ts'

/** What is endorsed. */
interface Endorsed {
  consultationId: string
  /** The comment's. */
  publicId: string
}

/**
 * 附议: stores that somebody says the same as a published comment, and counts it, all or nothing. The same key for the
 * same comment gives the same receipt, however often and however many at once.
 * @param key names the attempt: 1–200 visible ASCII characters
 * @throws KeyReused where the key was used for another comment, or its endorsement has been withdrawn
 * @throws Refused where the comment is not published any more
 */
export async function endorse(
  db: Database,
  seals: Seals,
  { consultationId, publicId }: Endorsed,
  key: string,
  now: Date,
): Promise<Receipt> {
  const commentId = await commentCalled(db, publicId)
  const secrets = receiptSecrets(seals, 'endorsement', consultationId, key, now)
  const { number, code, codeHash, idempotencyHash } = secrets
  const row = {
    id: randomUUID(),
    consultationId,
    commentId,
    receiptNumber: number,
    codeHash,
    idempotencyHash,
    createdAt: now,
  }
  const receipt = { number, code, createdAt: now }
  return db
    .atomically((tx) => [
      attests(
        must(
          'taken',
          tx.insert(endorsements).values(row).onConflictDoNothing().returning({ id: endorsements.id }),
        ),
        now,
        endorsementFact({ ...row, withdrawnAt: null }),
      ),
      must(
        'gone',
        // Held, or its author could withdraw it meanwhile, and neither would count the other.
        heldRow(
          tx
            .select({ id: comments.id })
            .from(comments)
            .where(and(eq(comments.id, commentId), eq(comments.state, 'published'))),
        ),
      ),
      addToEndorsements(tx, commentId, 1),
      addToClause(tx, commentId, 1),
      raiseRevision(tx, consultationId),
    ])
    .then(
      () => receipt,
      ifRefused('taken', () => earlierReceipt(db, { consultationId, commentId, idempotencyHash }, code)),
    )
}

/** @throws Refused where there is none */
async function commentCalled(db: Database, publicId: string): Promise<string> {
  const [row] = await db.query
    .select({ id: comments.id })
    .from(comments)
    .where(eq(comments.publicId, publicId))
  if (!row) throw new Refused('gone', 0)
  return row.id
}

async function earlierReceipt(
  db: Database,
  {
    consultationId,
    commentId,
    idempotencyHash,
  }: Record<'consultationId' | 'commentId' | 'idempotencyHash', string>,
  code: string,
): Promise<Receipt> {
  const [row] = await db.query
    .select()
    .from(endorsements)
    .where(
      and(eq(endorsements.consultationId, consultationId), eq(endorsements.idempotencyHash, idempotencyHash)),
    )
  if (row?.commentId !== commentId || row.withdrawnAt) throw new KeyReused()
  return { number: row.receiptNumber, code, createdAt: row.createdAt }
}

/** An endorsement as the holder of its receipt sees it. */
export interface EndorsementStatus {
  id: string
  commentId: string
  /** The comment's. */
  publicId: string
  number: string
  createdAt: Date
  withdrawnAt: Date | null
  consultation: Consultation
}

/** What a receipt's code opens; null where no endorsement has this code. @param code in its written form */
export async function endorsementStatus(
  db: Database,
  seals: Seals,
  code: string,
): Promise<EndorsementStatus | null> {
  const [found] = await db.query
    .select({
      id: endorsements.id,
      commentId: endorsements.commentId,
      publicId: comments.publicId,
      number: endorsements.receiptNumber,
      createdAt: endorsements.createdAt,
      withdrawnAt: endorsements.withdrawnAt,
      consultation: consultations,
    })
    .from(endorsements)
    .innerJoin(consultations, eq(consultations.id, endorsements.consultationId))
    .innerJoin(comments, eq(comments.id, endorsements.commentId))
    .where(eq(endorsements.codeHash, receiptCodeHash(seals, code)))
  return found ?? null
}

/**
 * Takes an endorsement back at its sender's wish: it leaves the count at once.
 * @throws Refused where it has been withdrawn before
 */
export async function withdrawEndorsement(
  db: Database,
  { id, commentId, number: receiptNumber, createdAt, consultation }: EndorsementStatus,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    attests(
      must(
        'stale',
        tx
          .update(endorsements)
          .set({ withdrawnAt: now })
          .where(and(eq(endorsements.id, id), isNull(endorsements.withdrawnAt)))
          .returning({ id: endorsements.id }),
      ),
      now,
      endorsementFact({
        id,
        consultationId: consultation.id,
        commentId,
        receiptNumber,
        createdAt,
        withdrawnAt: now,
      }),
    ),
    addToClause(tx, commentId, -1),
    addToEndorsements(tx, commentId, -1),
    raiseRevision(tx, consultation.id),
    logAct(tx, { staffId: null, now }, 'endorsement.withdraw', id, { commentId }),
  ])
}

function addToEndorsements(tx: Pick<Query, 'insert'>, commentId: string, by: number) {
  return tx
    .insert(endorsementCounts)
    .values({ commentId, count: by })
    .onConflictDoUpdate({
      target: endorsementCounts.commentId,
      set: { count: sql`${endorsementCounts.count} + ${by}` },
    })
}

/**
 * How many endorsements stand with a comment, for a query that joins its row of `endorsementCounts`: none with one that
 * its author has withdrawn.
 */
export function standingEndorsements() {
  const { count } = endorsementCounts
  return sql<number>`case when ${comments.state} = 'withdrawn' then 0 else coalesce(${count}, 0) end`.mapWith(
    Number,
  )
}

/** How many endorsements stand with the comments of a consultation that are in one of these states. */
export async function countEndorsements(
  db: Database,
  consultationId: string,
  states: readonly string[],
): Promise<number> {
  const [row] = await db.slow
    .select({ count: sum(endorsementCounts.count).mapWith(Number) })
    .from(endorsementCounts)
    .innerJoin(comments, eq(comments.id, endorsementCounts.commentId))
    .where(and(eq(comments.consultationId, consultationId), inArray(comments.state, [...states])))
  return row?.count ?? 0
}
