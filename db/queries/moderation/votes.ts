import { and, asc, eq, sql } from 'drizzle-orm'
import { voteFact } from '../../../server/rules/evidence/review-facts.ts'
import type { Agreement } from '../../../server/rules/moderation/agreement.ts'
import type { Ruling } from '../../../server/rules/moderation/decision-form.ts'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { prepared } from '../../prepared.ts'
import { claims, moderationRules, staff, votes } from '../../schema/index.ts'
import type { CommentToJudge } from './comment-to-judge.ts'

/** What one moderator holds in a round of review. */
export interface Vote extends Ruling {
  staffId: string
  by: string
  createdAt: Date
}

const rule = prepared('moderation_rule', (query) =>
  query
    .select()
    .from(moderationRules)
    .where(
      eq(
        moderationRules.consultationId,
        sql.param(sql.placeholder('consultationId'), moderationRules.consultationId),
      ),
    ),
)

/** Which decisions of a consultation need a second moderator. */
export async function agreementOf(db: Database, consultationId: string): Promise<Agreement> {
  const [row] = await rule(db).execute({ consultationId })
  return row?.agreement === 'all' || row?.agreement === 'negative' ? row.agreement : 'none'
}

/** Sets which decisions of a consultation need a second moderator. */
export async function setAgreement(
  db: Database,
  consultationId: string,
  agreement: Agreement,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx
      .insert(moderationRules)
      .values({ consultationId, agreement })
      .onConflictDoUpdate({ target: moderationRules.consultationId, set: { agreement } }),
    logAct(tx, act, 'consultation.set_agreement', consultationId, { agreement }),
  ])
}

const held = prepared('votes_on', (query) =>
  query
    .select({ vote: votes, by: staff.name })
    .from(votes)
    .innerJoin(staff, eq(staff.id, votes.staffId))
    .where(
      and(
        eq(votes.commentId, sql.param(sql.placeholder('id'), votes.commentId)),
        eq(votes.review, sql.param(sql.placeholder('review'), votes.review)),
        eq(votes.version, sql.param(sql.placeholder('version'), votes.version)),
      ),
    )
    .orderBy(asc(votes.createdAt), asc(votes.staffId)),
)

/** What moderators hold of a comment in its present round of review and version, the first one first. */
export async function votesOn(
  db: Database,
  { id, review, version }: Pick<CommentToJudge, 'id' | 'review' | 'version'>,
): Promise<Vote[]> {
  const rows = await held(db).execute({ id, review, version })
  return rows.map(({ vote: { admission, publication, ...vote }, by }) => ({
    ...vote,
    admission: admission === 'admitted' ? 'admitted' : 'refused',
    publication: publication === 'published' ? 'published' : 'withheld',
    by,
  }))
}

/** Stores what a moderator holds, in the place of what they held before, and lets go of the comment for the others. */
export async function castVote(
  db: Database,
  { id, review }: Pick<CommentToJudge, 'id' | 'review'>,
  ruling: Ruling,
  act: Act,
): Promise<void> {
  const set = { ...ruling, createdAt: act.now }
  const vote = { commentId: id, review, staffId: act.staffId, ...set }
  await db.atomically((tx) => [
    attests(
      tx
        .insert(votes)
        .values(vote)
        .onConflictDoUpdate({ target: [votes.commentId, votes.review, votes.staffId], set }),
      act.now,
      voteFact(vote),
    ),
    tx.delete(claims).where(and(eq(claims.commentId, id), eq(claims.staffId, act.staffId))),
    logAct(tx, act, 'comment.vote', id, {
      admission: ruling.admission,
      publication: ruling.publication,
      reason: ruling.reason,
      review,
    }),
  ])
}
