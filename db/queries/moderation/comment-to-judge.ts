import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { comments, consultations, intakes, rounds, splits, submissions, units } from '../../schema/index.ts'

/** What a moderator reads of a comment. */
const read = {
  number: comments.number,
  id: comments.id,
  publicId: comments.publicId,
  submissionId: comments.submissionId,
  consultationId: comments.consultationId,
  clause: comments.clause,
  stance: comments.stance,
  state: comments.state,
  body: comments.body,
  version: comments.version,
  review: comments.review,
  round: comments.round,
  proposal: comments.proposal,
  wording: comments.wording,
  quote: comments.quote,
  createdAt: comments.createdAt,
  createdDay: comments.createdDay,
  slug: consultations.slug,
  title: consultations.title,
  letters: consultations.letters,
  /** null where nobody has parted it, and it waits for nobody to. */
  splitRevision: splits.revision,
  citation: units.citation,
  clauseText: units.text,
  channel: submissions.channel,
  identity: submissions.identity,
  maskedName: submissions.maskedName,
  organisation: submissions.organisation,
  region: submissions.region,
  visibility: submissions.visibility,
  receivedOn: intakes.receivedOn,
  reference: intakes.reference,
  afterClosing: intakes.late,
}

export type CommentToJudge = NonNullable<Awaited<ReturnType<typeof commentToJudge>>>

const judged = (query: Query, isMeant: SQL) =>
  query
    .select(read)
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .innerJoin(consultations, eq(consultations.id, comments.consultationId))
    .leftJoin(intakes, eq(intakes.submissionId, comments.submissionId))
    .leftJoin(splits, eq(splits.commentId, comments.id))
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
    .where(isMeant)

const byPublicId = prepared('comment_to_judge', (query) =>
  judged(query, eq(comments.publicId, sql.param(sql.placeholder('publicId'), comments.publicId))),
)
const byId = prepared('kept_comment_to_judge', (query) =>
  judged(query, eq(comments.id, sql.param(sql.placeholder('id'), comments.id))),
)

/** A comment with its clause and what is known of who sent it, by its public id; null where there is none. */
export async function commentToJudge(db: Database, publicId: string) {
  const [row] = await byPublicId(db).execute({ publicId })
  return row ?? null
}

/** The same by the inner id, for work that goes on behind. */
export async function keptCommentToJudge(db: Database, id: string) {
  const [row] = await byId(db).execute({ id })
  return row ?? null
}
