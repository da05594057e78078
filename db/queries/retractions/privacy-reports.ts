import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, inArray, isNotNull, isNull, min } from 'drizzle-orm'
import type { Day } from '../../../server/rules/days.ts'
import type { ReportOutcome } from '../../../server/rules/retractions/privacy-report-form.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { Refused } from '../../refused.ts'
import { comments, consultations, isPublished, privacyReports } from '../../schema/index.ts'
import { raiseRevision } from '../consultations/consultations.ts'

/**
 * Keeps that somebody finds themselves in a published comment. The public sees nothing of it until it is answered.
 * @returns the report's id, by which what became of it can be read
 * @throws Refused where the comment is not public any more
 */
export async function reportPrivacy(
  db: Database,
  { consultationId, publicId }: { consultationId: string; publicId: string },
  dueOn: Day,
  now: Date,
): Promise<string> {
  const id = randomUUID()
  const reported = and(
    eq(comments.publicId, publicId),
    eq(comments.consultationId, consultationId),
    isPublished,
  )
  const [comment] = await db.query.select({ id: comments.id }).from(comments).where(reported)
  if (!comment) throw new Refused('gone', 0)
  const report = { id, consultationId, commentId: comment.id, createdAt: now, dueOn }
  await db.query.insert(privacyReports).values(report)
  return id
}

/** What became of a report, for whoever has its address; null where there is none. */
export async function reportOf(db: Database, consultationId: string, id: string) {
  const { createdAt, dueOn, outcome, answer, answeredAt } = privacyReports
  const [row] = await db.query
    .select({ createdAt, dueOn, outcome, answer, answeredAt })
    .from(privacyReports)
    .where(and(eq(privacyReports.id, id), eq(privacyReports.consultationId, consultationId)))
  return row ?? null
}

/** The comments that have reports waiting, the most pressing first. */
export function waitingReports(db: Database, consultationIds: readonly string[], most: number) {
  return db.query
    .select({
      comment: comments.publicId,
      body: comments.body,
      wording: comments.wording,
      state: comments.state,
      title: consultations.title,
      dueOn: min(privacyReports.dueOn),
      reports: count(),
    })
    .from(privacyReports)
    .innerJoin(comments, eq(comments.id, privacyReports.commentId))
    .innerJoin(consultations, eq(consultations.id, privacyReports.consultationId))
    .where(and(isNull(privacyReports.outcome), inArray(privacyReports.consultationId, [...consultationIds])))
    .groupBy(comments.publicId, comments.body, comments.wording, comments.state, consultations.title)
    .orderBy(asc(min(privacyReports.dueOn)), asc(comments.publicId))
    .limit(most)
}

/**
 * Answers every report that waits on a comment.
 * @throws Refused where none does any more
 */
export async function answerReports(
  db: Database,
  comment: { id: string; consultationId: string },
  { outcome, answer }: { outcome: ReportOutcome; answer: string },
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(privacyReports)
        .set({ outcome, answer, answeredBy: act.staffId, answeredAt: act.now })
        .where(and(eq(privacyReports.commentId, comment.id), isNull(privacyReports.outcome)))
        .returning({ id: privacyReports.id }),
    ),
    raiseRevision(tx, comment.consultationId),
    logAct(tx, act, 'privacy_report.answer', comment.id, { outcome }),
  ])
}

/** How many reports of a consultation were answered, by what became of them. */
export async function answeredReports(db: Database, consultationId: string): Promise<Map<string, number>> {
  const { outcome } = privacyReports
  const rows = await db.query
    .select({ outcome, count: count() })
    .from(privacyReports)
    .where(and(eq(privacyReports.consultationId, consultationId), isNotNull(outcome)))
    .groupBy(outcome)
  return new Map(rows.map((row) => [row.outcome ?? '', row.count]))
}
