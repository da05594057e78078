import { and, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { type MarkedSpan, placesOfText, withMarked } from '../../../server/rules/moderation/redactions.ts'
import type { RetractionCause } from '../../../server/rules/retractions/public-places.ts'
import { retractionCauses } from '../../../server/rules/retractions/public-places.ts'
import type { Act } from '../../act.ts'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  confirmations,
  isPublished,
  outcomeRows,
  outcomes,
  submissions,
} from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { type Examination, examinationsOf, keepSpans } from '../moderation/examinations.ts'
import { reopening } from '../moderation/reviews.ts'

const read = {
  id: comments.id,
  publicId: comments.publicId,
  number: comments.number,
  consultationId: comments.consultationId,
  submissionId: comments.submissionId,
  clause: comments.clause,
  stance: comments.stance,
  state: comments.state,
  review: comments.review,
  version: comments.version,
  body: comments.body,
  wording: comments.wording,
  publishedAt: comments.publishedAt,
}
type Read = Awaited<ReturnType<typeof publicComment>>

/** A published comment that is to be taken out of the public. */
export interface PublicComment extends NonNullable<Read> {
  /** Where the words stand in it; null where it is taken out as a whole. */
  marks: { seen: Examination; spans: MarkedSpan[] } | null
  /** Whether the words stand in what it shows of who sent it. */
  isSigned: boolean
}

/** The published comment of this public id; null where there is none. */
export async function publicComment(db: Database, publicId: string) {
  const [row] = await db.query
    .select(read)
    .from(comments)
    .where(and(eq(comments.publicId, publicId), isPublished))
  return row ?? null
}

/** Every published comment of a consultation that holds the words, in what it says or in the name that it shows. */
export async function commentsHolding(
  db: Database,
  seals: Seals,
  consultationId: string,
  words: string,
): Promise<PublicComment[]> {
  const saying = or(
    sql`replace(${comments.body}, ${words}, '') <> ${comments.body}`,
    sql`replace(${comments.wording}, ${words}, '') <> ${comments.wording}`,
  )
  const here = and(eq(comments.consultationId, consultationId), isPublished)
  const said = await db.slow.select(read).from(comments).where(and(here, saying)).orderBy(comments.id)
  const signed = await signedWith(db, seals, consultationId, words)
  const others = signed.size === 0 ? [] : await sentWith(db, here, [...signed])
  const all = [...new Map([...said, ...others].map((comment) => [comment.id, comment])).values()]
  const seen = await examinationsOf(db, seals, all)
  return all.map((comment) => ({
    ...comment,
    marks: marksOf(comment, words, seen.get(comment.id)),
    isSigned: signed.has(comment.submissionId),
  }))
}

function sentWith(db: Database, here: SQL | undefined, submissionIds: string[]) {
  return db.query
    .select(read)
    .from(comments)
    .where(and(here, inArray(comments.submissionId, submissionIds)))
}

/** The submissions that show the words as who they are from: a whole name, or a confirmed organisation. */
async function signedWith(
  db: Database,
  seals: Seals,
  consultationId: string,
  words: string,
): Promise<Set<string>> {
  const { id, name, organisation, showName } = submissions
  const rows = await db.slow
    .select({ id, name, organisation, showName, isConfirmed: confirmations.submissionId })
    .from(submissions)
    .leftJoin(confirmations, eq(confirmations.submissionId, id))
    .where(
      and(
        eq(submissions.consultationId, consultationId),
        or(and(eq(showName, true), isNotNull(name)), isNotNull(confirmations.submissionId)),
      ),
    )
  const shown = rows.filter((row) =>
    [
      row.showName ? { column: 'name', sealed: row.name } : null,
      row.isConfirmed ? { column: 'organisation', sealed: row.organisation } : null,
    ].some(
      (part) =>
        part?.sealed &&
        seals.open(part.sealed, { table: 'submissions', column: part.column, row: row.id }).includes(words),
    ),
  )
  return new Set(shown.map((row) => row.id))
}

/** The marks with which a moderator publishes the comment again without the words; null where it does not say them. */
function marksOf(
  comment: NonNullable<Read>,
  words: string,
  seen: Examination | undefined,
): PublicComment['marks'] {
  const places = placesOfText(comment, words)
  if (places.length === 0 || !seen) return null
  const length = [...words].length
  const spans = places.reduce(
    (all, { field, start }) =>
      withMarked(comment, all, { field, kind: 'other', start, end: start + length }) ?? all,
    seen.spans,
  )
  return { seen, spans }
}

/**
 * The statements that take a comment out of the public: it waits again, with the words marked to be hidden, and shows no
 * name any more that holds them. What an edition kept of it says nothing; it is read from the comment while that is public.
 */
export function takeOut(tx: Query, comment: PublicComment, cause: RetractionCause, act: Act): Statement[] {
  const { id, version, submissionId, marks, isSigned } = comment
  const rows = tx.select({ id: outcomeRows.outcomeId }).from(outcomeRows).where(eq(outcomeRows.commentId, id))
  return [
    ...reopening(tx, comment, `误公开处置：${retractionCauses[cause]}`, act),
    ...(marks ? [keepSpans(tx, { id, version }, marks.seen, marks.spans, act.now)] : []),
    ...(isSigned
      ? [
          tx.update(submissions).set({ showName: false }).where(eq(submissions.id, submissionId)),
          tx.delete(confirmations).where(eq(confirmations.submissionId, submissionId)),
        ]
      : []),
    tx.update(outcomes).set({ retractedAt: act.now }).where(sql`${outcomes.id} in ${rows}`),
    tx.update(outcomeRows).set({ body: '' }).where(eq(outcomeRows.commentId, id)),
  ]
}
