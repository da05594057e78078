import { and, asc, eq, exists, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Outcome } from '../../../server/rules/answers/responses.ts'
import type { AssignmentKind } from '../../../server/rules/departments/assignments.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, departmentReplies, departments, points } from '../../schema/index.ts'
import { isUnanswered } from '../comments/answered.ts'
import { isAdmitted } from './assigned.ts'

/** What a department has confirmed of something that the office has not answered. */
export interface OpenReply {
  id: string
  kind: AssignmentKind
  target: string
  department: string
  outcome: Outcome
  reason: string
  letterNumber: string | null
  letterOn: string | null
  /** What it is about: a concern's sentence, or the words of a comment or a part of one. */
  text: string
}

/** A page of them in the order of their things. @param after the kind and target of the last before it */
export function openReplies(
  db: Database,
  consultationId: string,
  { after, limit }: { after: { kind: string; target: string } | null; limit: number },
): Promise<OpenReply[]> {
  const { kind, target } = departmentReplies
  const behind = after
    ? or(gt(kind, after.kind), and(eq(kind, after.kind), gt(target, after.target)))
    : undefined
  return reading(db, consultationId, behind).limit(limit)
}

/** Those of these ids that are still open. @param ids at most 1,000 */
export function openRepliesAmong(db: Database, consultationId: string, ids: string[]): Promise<OpenReply[]> {
  return reading(db, consultationId, inArray(departmentReplies.id, ids)).limit(ids.length)
}

/** In the order of their index. */
function reading(db: Database, consultationId: string, condition: SQL | undefined) {
  const { id, kind, target, outcome, reason, letterNumber, letterOn, state } = departmentReplies
  return db.slow
    .select({
      id,
      kind: sql<AssignmentKind>`${kind}`,
      target,
      department: departments.name,
      outcome: sql<Outcome>`${outcome}`,
      ...{ reason, letterNumber, letterOn },
      text: textOfThing(db),
    })
    .from(departmentReplies)
    .innerJoin(departments, eq(departments.id, departmentReplies.departmentId))
    .where(
      and(
        eq(departmentReplies.consultationId, consultationId),
        eq(state, 'confirmed'),
        isOpenThing(db),
        condition,
      ),
    )
    .orderBy(asc(kind), asc(target))
    .$dynamic()
}

function isOpenThing({ slow }: Database): SQL | undefined {
  const { kind, target } = departmentReplies
  const one = { one: sql`1` }
  const comment = slow
    .select(one)
    .from(comments)
    .where(and(eq(comments.publicId, target), isUnanswered))
  const open = and(eq(points.kind, 'point'), isNull(points.responseId), isAdmitted)
  const point = slow
    .select(one)
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(points.id, target), open))
  const concern = slow
    .select(one)
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(points.concernId, target), open))
  return or(
    and(eq(kind, 'comment'), exists(comment)),
    and(eq(kind, 'point'), exists(point)),
    and(eq(kind, 'concern'), exists(concern)),
  )
}

function textOfThing({ slow }: Database): SQL<string> {
  const { kind, target } = departmentReplies
  const concern = slow.select({ text: concerns.sentence }).from(concerns).where(eq(concerns.id, target))
  const comment = slow.select({ text: comments.body }).from(comments).where(eq(comments.publicId, target))
  const point = slow
    .select({
      text: sql`substr(${comments.body}, ${points.start} + 1, ${points.end} - ${points.start})`.as('text'),
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(eq(points.id, target))
  return sql<string>`coalesce(case ${kind} when 'concern' then (${concern}) when 'point' then (${point}) else (${comment}) end, '')`
}
