import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { maskedName } from '../../../server/rules/comments/masked-name.ts'
import { shanghaiDay } from '../../../server/rules/days.ts'
import type { Fact } from '../../../server/rules/evidence/facts.ts'
import { payloadText } from '../../../server/rules/evidence/payload.ts'
import {
  filesFact,
  type Sent,
  type SentComment,
  submissionFact,
  wordsFact,
} from '../../../server/rules/evidence/submission-facts.ts'
import type { Quote } from '../../../server/text/words/quotes.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests, digestStoredWith } from '../../evidence/attested.ts'
import { filled } from '../../filled.ts'
import { idAt } from '../../id-at.ts'
import { ifRefused } from '../../refused.ts'
import { comments, submissions } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import { KeyReused, type Receipt, receiptSecrets } from '../../sealing/receipt-secrets.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { countArrival } from '../comments/arrival-counts.ts'
import { addToCounts } from '../comments/comment-counts.ts'
import { insertAttachments, type NewAttachment } from './attachments.ts'

export interface NewComment {
  clause: string
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  quote: Quote | null
}

export interface NewSubmission {
  consultationId: string
  round: number
  channel: string
  identity: string
  name: string | null
  showName: boolean
  organisation: string | null
  region: string | null
  contact: string | null
  visibility: string
  comments: NewComment[]
  /** Files that came with it, kept already. */
  attachments: NewAttachment[]
}

const insertSubmission = filled((tx: Query, row: typeof submissions.$inferInsert) =>
  tx.insert(submissions).values(row).onConflictDoNothing().returning({ id: submissions.id }),
)
const insertComment = filled((tx: Query, row: typeof comments.$inferInsert) =>
  tx.insert(comments).values(row),
)

/**
 * Stores a submission with its comments and counters, all or nothing. The same key with the same content gives the
 * same receipt, however often and however many at once.
 * @param key names the attempt: 1–200 visible ASCII characters
 * @param also what is stored beside it in the same list
 * @throws KeyReused where the key was used for other content; UnstorableText
 */
export async function submit(
  db: Database,
  seals: Seals,
  submission: NewSubmission,
  key: string,
  now: Date,
  also: (tx: Query, submissionId: string) => readonly Statement[] = () => [],
): Promise<Receipt> {
  const id = idAt(now)
  const { consultationId, comments: parts, attachments, ...person } = submission
  const { number, code, codeHash, idempotencyHash } = receiptSecrets(
    seals,
    'submission',
    consultationId,
    key,
    now,
  )
  const payloadHash = seals.hash('payload', payloadText(submission))
  const sealed = (column: 'name' | 'organisation' | 'contact') => {
    const value = person[column]
    return value === null ? null : seals.seal(value, { table: 'submissions', column, row: id })
  }
  const sent = {
    id,
    consultationId,
    receiptNumber: number,
    channel: person.channel,
    identity: person.identity,
    region: person.region,
    visibility: person.visibility,
    createdAt: now,
  }
  const rows = parts.map((part) => ({
    ...part,
    id: idAt(now),
    publicId: randomUUID(),
    submissionId: id,
    consultationId,
    round: person.round,
    state: 'pending',
    version: 1,
    review: 1,
    unexamined: true,
    answered: 'none' as const,
    createdAt: now,
    createdDay: shanghaiDay(now),
  }))
  const receipt = { number, code, createdAt: now }
  const before = () => seals.hash('payload', JSON.stringify(contentOf(submission)))
  const same = { consultationId, idempotencyHash, payloadHashes: () => [payloadHash, before()] }
  let fact: Fact | undefined
  return atomicallySealed(db, seals, (tx) => [
    must(
      'taken',
      insertSubmission(tx, {
        ...sent,
        codeHash,
        idempotencyHash,
        payloadHash,
        name: sealed('name'),
        maskedName: person.name === null ? null : maskedName(person.name),
        showName: person.showName,
        organisation: sealed('organisation'),
        contact: sealed('contact'),
      }),
    ),
    ...rows.map((row, place) => {
      const inserted = insertComment(tx, row)
      if (place > 0) return inserted
      fact = asSent({ ...sent, ...person }, rows, attachments)
      return attests(inserted, now, fact)
    }),
    ...addToCounts(
      tx,
      parts.map(({ clause, stance }) => ({
        cell: { consultationId, clause, stance, state: 'pending' },
        by: 1,
      })),
    ),
    ...countArrival(
      tx,
      { consultationId, ...person },
      parts.map(({ clause }) => clause),
    ),
    ...insertAttachments(tx, seals, id, attachments, now),
    ...also(tx, id),
  ]).then(
    () => {
      const digest = fact && digestStoredWith(fact)
      return digest ? { ...receipt, stored: { id, digest } } : receipt
    },
    ifRefused('taken', () => earlierReceipt(db, same, code)),
  )
}

/** What came in, whole. */
function asSent(
  sent: Sent,
  rows: readonly (NewComment & SentComment & { id: string; version: number })[],
  files: readonly NewAttachment[],
): Fact {
  const attached = filesFact(sent.id, files)
  return submissionFact(sent, rows, [
    ...rows.map((row) => wordsFact(row, row)),
    ...(attached ? [attached] : []),
  ])
}

/** What made two submissions the same for versions that knew no `payloadText`. */
function contentOf(submission: NewSubmission) {
  return { ...submission, attachments: submission.attachments.map(({ id: _, ...file }) => file) }
}

async function earlierReceipt(
  db: Database,
  same: { consultationId: string; idempotencyHash: string; payloadHashes(): readonly string[] },
  code: string,
): Promise<Receipt> {
  const [row] = await db.query
    .select({
      number: submissions.receiptNumber,
      payloadHash: submissions.payloadHash,
      createdAt: submissions.createdAt,
    })
    .from(submissions)
    .where(
      and(
        eq(submissions.consultationId, same.consultationId),
        eq(submissions.idempotencyHash, same.idempotencyHash),
      ),
    )
  if (!row || !same.payloadHashes().includes(row.payloadHash)) throw new KeyReused()
  return { number: row.number, code, createdAt: row.createdAt }
}
