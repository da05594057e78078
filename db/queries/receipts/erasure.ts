import { and, eq, inArray, ne, notExists, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { CommentText } from '../../../server/rules/moderation/redactions.ts'
import type { Query, Statement } from '../../atomically.ts'
import { forgetKeys, isEarlier } from '../../evidence/forgotten-keys.ts'
import {
  appeals,
  attachments,
  clauseWords,
  comments,
  confirmations,
  decisions,
  digests,
  examinations,
  intakes,
  originals,
  reopenings,
  submissions,
  themeProposals,
  versions,
  votes,
} from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { forget } from '../../search.ts'
import { leaveForGood } from '../campaigns/departure.ts'
import { overwriteLater } from '../erasures.ts'
import { keepOriginal } from '../moderation/originals.ts'
import { forgetPoints } from '../points/carrying.ts'

/** What a comment says once that is erased; its number, clause, stance, state and times stay. */
export const noWords = { body: '', proposal: null, wording: null, quote: null }

/** As `voteRow` makes it. */
const voteKey = sql`${votes.commentId} || ' ' || ${votes.review} || ' ' || ${votes.staffId}`

interface Erased {
  id: string
  number: number
  consultationId: string
  clause: string
  /** The state in which it was. */
  state: string
}

/** What was refused as unlawful: its words are sealed for a term (网络安全法 第四十七条). */
export interface Recorded extends CommentText {
  seals: Seals
  version: number
  until: Date
  now: Date
}

/**
 * The statements after which nothing else holds what a comment said: earlier versions, sealed originals, what was found
 * in it, what was written about it in an appeal or by moderators, both search indexes, its fingerprint and campaign.
 * @param record what the law wants kept of it all the same; null: nothing
 */
export function eraseTraces(
  tx: Query,
  { id, number, ...place }: Erased,
  record: Recorded | null,
): Statement[] {
  return [
    ...eraseNotes(tx, (commentId) => eq(commentId, id)),
    ...(record === null
      ? [tx.delete(originals).where(eq(originals.commentId, id))]
      : keepRecord(tx, id, record)),
    tx.delete(examinations).where(eq(examinations.commentId, id)),
    tx.update(appeals).set({ grounds: '', answer: null }).where(eq(appeals.commentId, id)),
    forgetKeys(tx, 'hearing_answers', eq(digests.row, id)),
    forgetKeys(tx, 'comments', eq(digests.row, id)),
    forget(tx, 'public', number),
    forget(tx, 'staff', number),
    ...leaveForGood(tx, id),
    ...forgetPoints(tx, id),
    ...forgetWords(tx, place),
    tx.delete(themeProposals).where(eq(themeProposals.commentId, id)),
    overwriteLater(tx),
  ]
}

/** The statements that erase what these comments said before they were revised, and what moderators noted of them. */
export function eraseNotes(
  tx: Pick<Query, 'select' | 'update'>,
  isMeant: (commentId: PgColumn) => SQL,
): Statement[] {
  const decided = tx.select({ id: decisions.id }).from(decisions).where(isMeant(decisions.commentId))
  const voted = tx.select({ row: voteKey }).from(votes).where(isMeant(votes.commentId))
  const reopened = tx.select({ id: reopenings.id }).from(reopenings).where(isMeant(reopenings.commentId))
  return [
    tx.update(versions).set(noWords).where(isMeant(versions.commentId)),
    forgetKeys(tx, 'comments', and(isMeant(digests.row), isEarlier())),
    tx.update(decisions).set({ note: null }).where(isMeant(decisions.commentId)),
    forgetKeys(tx, 'decision_notes', inArray(digests.row, decided)),
    tx.update(votes).set({ note: null }).where(isMeant(votes.commentId)),
    forgetKeys(tx, 'vote_notes', inArray(digests.row, voted)),
    tx.update(reopenings).set({ reason: '' }).where(isMeant(reopenings.commentId)),
    forgetKeys(tx, 'reopening_reasons', inArray(digests.row, reopened)),
    forgetKeys(tx, 'appeal_grounds', isMeant(digests.row)),
  ]
}

function keepRecord(tx: Query, id: string, { seals, version, body, wording, until, now }: Recorded) {
  return [
    keepOriginal(tx, seals, { id, version, body, wording }, [], now),
    tx.delete(originals).where(and(eq(originals.commentId, id), ne(originals.version, version))),
    tx.update(originals).set({ keptUntil: until }).where(eq(originals.commentId, id)),
  ]
}

/** The words of its clause are counted from admitted comments; until they are counted again, there are none. */
function forgetWords(tx: Query, { consultationId, clause, state }: Omit<Erased, 'id' | 'number'>) {
  const admitted: readonly string[] = admittedStates
  if (!admitted.includes(state)) return []
  return [
    tx
      .update(clauseWords)
      .set({ words: {}, admitted: -1 })
      .where(and(eq(clauseWords.consultationId, consultationId), eq(clauseWords.clause, clause))),
  ]
}

/** The statement after which nobody else withdraws a comment of this submission before the list ends. */
export function holdSender(tx: Query, submissionId: string) {
  return tx
    .update(submissions)
    .set({ region: sql`${submissions.region}` })
    .where(eq(submissions.id, submissionId))
}

/** The statement that erases a submission's files, where none of its comments stands any more. */
export function eraseFiles(tx: Query, submissionId: string) {
  return tx
    .delete(attachments)
    .where(and(eq(attachments.submissionId, submissionId), noneStands(tx, submissionId)))
    .returning({ id: attachments.id })
}

/**
 * The statements that erase who sent a submission, where none of its comments stands any more. Its digest goes too: the
 * same sent again under the same key is refused instead of being told that it is there.
 */
export function eraseSender(tx: Query, submissionId: string): Statement[] {
  return [
    tx
      .update(submissions)
      .set({ ...nobody, payloadHash: '' })
      .where(and(eq(submissions.id, submissionId), noneStands(tx, submissionId))),
    forgetKeys(tx, 'attachments', and(eq(digests.row, submissionId), noneStands(tx, submissionId))),
    tx
      .update(intakes)
      .set({ reference: null })
      .where(and(eq(intakes.submissionId, submissionId), noneStands(tx, submissionId))),
    tx
      .update(confirmations)
      .set({ creditCode: null })
      .where(and(eq(confirmations.submissionId, submissionId), noneStands(tx, submissionId))),
  ]
}

const nobody = { name: null, maskedName: null, showName: false, organisation: null, contact: null }

function noneStands(tx: Query, submissionId: string) {
  const standing = tx
    .select({ one: sql`1` })
    .from(comments)
    .where(and(eq(comments.submissionId, submissionId), ne(comments.state, 'withdrawn')))
  return notExists(standing)
}
