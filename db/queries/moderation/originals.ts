import { and, eq, sql } from 'drizzle-orm'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import {
  type CommentText,
  type MarkedSpan,
  unhandledCount,
} from '../../../server/rules/moderation/redactions.ts'
import { asItWas } from '../../../server/rules/points/carried.ts'
import { type Act, logAct, logAlone } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { comments, examinations, originals } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { rememberAnew } from '../../search.ts'
import { readPassagesAnew } from '../campaigns/passages.ts'
import { searchedText } from '../comments/search-entries.ts'
import { carryPoints } from '../points/carrying.ts'
import { arrangementOf } from '../points/splits.ts'
import { notDue } from './due-decisions.ts'

/** A version of a comment. */
interface Version {
  id: string
  version: number
}

/** What the author wrote, with the spans of it that were judged. */
interface Original extends CommentText {
  spans: MarkedSpan[]
}

/** The statement that keeps what a comment said before it was redacted; of several it keeps the first. */
export function keepOriginal(
  tx: Pick<Database['query'], 'insert'>,
  seals: Seals,
  { id, version, body, wording }: Version & CommentText,
  spans: MarkedSpan[],
  now: Date,
) {
  const original: Original = { body, wording, spans }
  const sealed = seals.seal(JSON.stringify(original), originalPlace(id))
  return tx.insert(originals).values({ commentId: id, version, sealed, createdAt: now }).onConflictDoNothing()
}

/** Whether a comment's text is no longer what its author wrote. */
export async function isRedacted(db: Database, comment: Version): Promise<boolean> {
  return (await db.query.$count(originals, thisVersion(comment))) > 0
}

/** What the author wrote, for somebody who may see it; that they saw it stands in the log. null: it is not redacted. */
export async function viewOriginal(
  db: Database,
  seals: Seals,
  comment: Version,
  act: Act,
): Promise<Original | null> {
  const [row] = await db.query.select().from(originals).where(thisVersion(comment))
  if (!row) return null
  await logAlone(db, act, 'comment.view_original', comment.id)
  const original: Original = JSON.parse(seals.open(row.sealed, originalPlace(comment.id)))
  return original
}

/**
 * Gives a comment that waits again the text that its author wrote, with the marks on it.
 * @throws Refused where it does not wait, is decided, or has been revised
 */
export async function restoreOriginal(
  db: Database,
  seals: Seals,
  comment: Version & Pick<typeof comments.$inferSelect, 'number' | 'stance' | 'body' | 'proposal' | 'quote'>,
  act: Act,
): Promise<void> {
  const original = await viewOriginal(db, seals, comment, act)
  if (!original) return
  const { body, wording, spans } = original
  const { id, version } = comment
  const points = await arrangementOf(db, id)
  await db.atomically((tx) => [
    must('stale', notDue(tx, id)),
    attests(
      must(
        'stale',
        tx
          .update(comments)
          .set({ body, wording })
          .where(and(eq(comments.id, id), eq(comments.version, version), eq(comments.state, 'pending')))
          .returning({ id: comments.id }),
      ),
      act.now,
      wordsFact(comment, { ...comment, body, wording }),
    ),
    tx
      .update(examinations)
      .set({ spans, unhandled: unhandledCount(spans), revision: sql`${examinations.revision} + 1` })
      .where(eq(examinations.commentId, id)),
    tx.delete(originals).where(thisVersion(comment)),
    ...carryPoints(tx, id, points, { before: comment.body, after: body, ofTouched: asItWas }),
    rememberAnew(tx, 'staff', comment.number, searchedText({ body, wording })),
    ...readPassagesAnew(tx, comment.number),
    logAct(tx, act, 'comment.restore', id),
  ])
}

function thisVersion({ id, version }: Version) {
  return and(eq(originals.commentId, id), eq(originals.version, version))
}

export function originalPlace(row: string) {
  return { table: 'originals', column: 'sealed', row }
}
