import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { type Act, logAlone } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attachments, comments, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'

/** A file that is kept under its id already, before its row is written. */
export interface NewAttachment {
  id: string
  name: string
  /** pdf, docx, png or jpg, by what is in it. */
  type: string
  size: number
  sha256: string
}

/** A file of a submission, as staff see it. */
export type Attachment = NewAttachment & { submissionId: string }

/** The statements that give a submission its files. */
export function insertAttachments(
  tx: Pick<Query, 'insert'>,
  seals: Seals,
  submissionId: string,
  files: readonly NewAttachment[],
  now: Date,
) {
  if (files.length === 0) return []
  const rows = files.map((file) => ({
    ...file,
    submissionId,
    name: seals.seal(file.name, placeOf(file.id)),
    createdAt: now,
  }))
  return [tx.insert(attachments).values(rows)]
}

/** The files of these submissions, by submission, in the order in which they were chosen. */
export async function attachmentsOf(
  db: Database,
  seals: Seals,
  submissionIds: readonly string[],
): Promise<Map<string, Attachment[]>> {
  const found = new Map<string, Attachment[]>()
  if (submissionIds.length === 0) return found
  const rows = await db.query
    .select()
    .from(attachments)
    .where(inArray(attachments.submissionId, [...submissionIds]))
    .orderBy(asc(attachments.id))
  for (const row of rows) {
    const list = found.get(row.submissionId) ?? []
    found.set(row.submissionId, [...list, opened(seals, row)])
  }
  return found
}

/**
 * One of the files that came with a comment, with whom and where it came from; null where there is none. It is called by
 * its place among them: its id tells when it came, and beside what.
 * @param place from 1
 */
export async function findAttachment(
  db: Database,
  seals: Seals,
  publicId: string,
  place: number,
): Promise<(Attachment & { consultationId: string; identity: string }) | null> {
  const { consultationId, identity } = submissions
  const [row] = await db.query
    .select({ attachment: attachments, consultationId, identity })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .innerJoin(attachments, eq(attachments.submissionId, comments.submissionId))
    .where(eq(comments.publicId, publicId))
    .orderBy(asc(attachments.id))
    .limit(1)
    .offset(place - 1)
  if (!row) return null
  const { attachment, ...whose } = row
  return { ...opened(seals, attachment), ...whose }
}

/** Notes who asked for a file: it may say who sent it. */
export async function logDownload(db: Database, id: string, act: Act): Promise<void> {
  await logAlone(db, act, 'attachment.download', id)
}

/** Which of these ids have a row. */
export async function storedAttachments(db: Database, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.query
    .select({ id: attachments.id })
    .from(attachments)
    .where(inArray(attachments.id, [...ids]))
  return new Set(rows.map(({ id }) => id))
}

/** A file without its name, the receipt that it came with, and whose it is. */
interface ListedAttachment extends Omit<Attachment, 'name'> {
  receiptNumber: string
  identity: string
}

/** Every file, of one consultation or of all (null), page by page. */
export async function* everyAttachment(
  db: Database,
  consultationId: string | null,
  pageSize = 500,
): AsyncGenerator<ListedAttachment> {
  const { id, submissionId, type, size, sha256 } = attachments
  const { receiptNumber, identity } = submissions
  for (let after = ''; ; ) {
    const page: ListedAttachment[] = await db.query
      .select({ id, submissionId, type, size, sha256, receiptNumber, identity })
      .from(attachments)
      .innerJoin(submissions, eq(submissions.id, submissionId))
      .where(
        and(
          gt(id, after),
          consultationId === null ? undefined : eq(submissions.consultationId, consultationId),
        ),
      )
      .orderBy(asc(id))
      .limit(pageSize)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last.id
  }
}

function opened(seals: Seals, { createdAt: _, ...row }: typeof attachments.$inferSelect): Attachment {
  return { ...row, name: seals.open(row.name, placeOf(row.id)) }
}

function placeOf(row: string) {
  return { table: 'attachments', column: 'name', row }
}
