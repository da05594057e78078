import { asc, gt, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { attachments, comments, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { type KeptWords, keptWords } from './kept-words.ts'

type Comment = typeof comments.$inferSelect

/** A submission with all that is there of it. */
export interface Whole {
  submission: typeof submissions.$inferSelect
  comments: readonly Comment[]
  files: readonly (typeof attachments.$inferSelect)[]
}

interface Page {
  wholes: Whole[]
  /** All of their comments, and what those said before. */
  said: Comment[]
  kept: KeptWords
}

const together = 200

/** Every submission, page by page. */
export async function* wholeSubmissions(db: Database, seals: Seals): AsyncGenerator<Page> {
  for (let after = ''; ; ) {
    const sent = await db.query
      .select()
      .from(submissions)
      .where(gt(submissions.id, after))
      .orderBy(asc(submissions.id))
      .limit(together)
    const last = sent.at(-1)
    if (!last) return
    after = last.id
    yield await pageOf(db, seals, sent)
  }
}

async function pageOf(db: Database, seals: Seals, sent: Whole['submission'][]): Promise<Page> {
  const ids = sent.map(({ id }) => id)
  const said = await db.query
    .select()
    .from(comments)
    .where(inArray(comments.submissionId, ids))
    .orderBy(asc(comments.number))
  const files = await db.query
    .select()
    .from(attachments)
    .where(inArray(attachments.submissionId, ids))
    .orderBy(asc(attachments.id))
  const wholes = sent.map((submission) => {
    const isOwn = ({ submissionId }: { submissionId: string }) => submissionId === submission.id
    return { submission, comments: said.filter(isOwn), files: files.filter(isOwn) }
  })
  return { wholes, said, kept: await keptWords(db, seals, said) }
}
