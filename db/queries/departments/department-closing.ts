import { and, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  clauseDepartments,
  commentDepartments,
  comments,
  concerns,
  cosignatures,
  departmentReplies,
  departmentRequests,
  departmentStaff,
  departments,
  points,
  splits,
} from '../../schema/index.ts'
import { type DepartmentOf, departmentIsOpen } from '../points/open-departments.ts'
import { keepChanged } from '../versions/office-versions.ts'

/**
 * 结束办理: a department answers no more. What it confirmed and signed stays its own; everything else that it was given, with
 * what it has begun to write, goes to another department at once, or back to whoever answers for the clauses. Its staff see
 * nothing of it any more.
 * @param into the department that goes on; null: none
 * @throws Refused where either is not there, or answers no more
 */
export async function closeDepartment(
  db: Database,
  { consultationId, departmentId }: DepartmentOf,
  into: string | null,
  act: Act,
): Promise<void> {
  const concernsLeft = await db.query
    .select({ id: concerns.id })
    .from(concerns)
    .where(and(eq(concerns.departmentId, departmentId), isUnconfirmed(departmentId, 'concern', concerns.id)))
  const here = and(eq(departments.id, departmentId), eq(departments.consultationId, consultationId))
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(departments)
        .set({ closedAt: act.now })
        .where(and(here, isNull(departments.closedAt)))
        .returning({ id: departments.id }),
    ),
    ...(into === null ? [] : [departmentIsOpen(tx, { consultationId, departmentId: into })]),
    ...clausesHandedOver(tx, departmentId, into),
    ...commentsHandedOver(tx, departmentId, into),
    ...pointsHandedOver(tx, departmentId, into),
    tx
      .update(concerns)
      .set({ departmentId: into, ...(into === null && { dueOn: null }) })
      .where(
        and(eq(concerns.departmentId, departmentId), isUnconfirmed(departmentId, 'concern', concerns.id)),
      ),
    ...concernsLeft.map(({ id: row }) =>
      keepChanged(tx, { consultationId, kind: 'concern', row }, { department: into }, act),
    ),
    ...writtenHandedOver(tx, departmentId, into),
    tx
      .update(departmentRequests)
      .set({
        decision: sql`case when ${departmentRequests.asks} = 'return' then 'granted' else 'refused' end`,
        decidedBy: act.staffId,
        decidedAt: act.now,
      })
      .where(and(eq(departmentRequests.departmentId, departmentId), isNull(departmentRequests.decision))),
    tx.delete(departmentStaff).where(eq(departmentStaff.departmentId, departmentId)),
    logAct(tx, act, 'department.close', departmentId, { into }),
  ])
}

/** Lets a department answer again; what it had was given to others meanwhile. @throws Refused where it is not closed */
export async function reopenDepartment(
  db: Database,
  { consultationId, departmentId }: DepartmentOf,
  act: Act,
): Promise<void> {
  const here = and(eq(departments.id, departmentId), eq(departments.consultationId, consultationId))
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(departments)
        .set({ closedAt: null })
        .where(and(here, isNotNull(departments.closedAt)))
        .returning({ id: departments.id }),
    ),
    logAct(tx, act, 'department.reopen', departmentId),
  ])
}

/** The departments that have confirmed or signed something, which cannot be removed therefore. */
export async function departmentsThatSaid(db: Database, consultationId: string): Promise<Set<string>> {
  const rows = await db.query
    .select({ id: departments.id })
    .from(departments)
    .where(and(eq(departments.consultationId, consultationId), hasSaid(departments.id)))
  return new Set(rows.map(({ id }) => id))
}

/** The condition that a department has confirmed an answer or signed a concern: the first is looked for, in their indexes. */
export function hasSaid(departmentId: typeof departments.id | string): SQL | undefined {
  return or(
    sql`(select 1 from ${departmentReplies} where ${departmentReplies.departmentId} = ${departmentId}
      and ${departmentReplies.state} = 'confirmed' limit 1) is not null`,
    sql`(select 1 from ${cosignatures} where ${cosignatures.departmentId} = ${departmentId}
      and ${cosignatures.position} is not null limit 1) is not null`,
  )
}

/** The condition that a department has confirmed nothing of a thing. */
function isUnconfirmed(
  departmentId: string,
  kind: string,
  target: typeof concerns.id | typeof points.id | typeof comments.publicId,
): SQL {
  return sql`not exists (select 1 from ${departmentReplies} where ${departmentReplies.departmentId} = ${departmentId}
    and ${departmentReplies.kind} = ${kind} and ${departmentReplies.state} = 'confirmed'
    and ${departmentReplies.target} = ${target})`
}

function clausesHandedOver(tx: Query, departmentId: string, into: string | null): Statement[] {
  const { clause, dueOn } = clauseDepartments
  const own = eq(clauseDepartments.departmentId, departmentId)
  const theirs = tx
    .select({ departmentId: sql<string>`cast(${into} as text)`.as('department_id'), clause, dueOn })
    .from(clauseDepartments)
    .where(own)
  return [
    ...(into === null ? [] : [tx.insert(clauseDepartments).select(theirs).onConflictDoNothing()]),
    tx.delete(clauseDepartments).where(own),
  ]
}

function commentsHandedOver(tx: Query, departmentId: string, into: string | null): Statement[] {
  const left = tx
    .select({ id: comments.id })
    .from(comments)
    .innerJoin(commentDepartments, eq(commentDepartments.commentId, comments.id))
    .where(
      and(
        eq(commentDepartments.departmentId, departmentId),
        isUnconfirmed(departmentId, 'comment', comments.publicId),
      ),
    )
  const meant = inArray(commentDepartments.commentId, left)
  return into === null
    ? [tx.delete(commentDepartments).where(meant)]
    : [tx.update(commentDepartments).set({ departmentId: into }).where(meant)]
}

/** Whoever has one of their letters open is told before they part it anew. */
function pointsHandedOver(tx: Query, departmentId: string, into: string | null): Statement[] {
  const meant = and(eq(points.departmentId, departmentId), isUnconfirmed(departmentId, 'point', points.id))
  return [
    tx
      .update(splits)
      .set({ revision: sql`${splits.revision} + 1` })
      .where(inArray(splits.commentId, tx.select({ id: points.commentId }).from(points).where(meant))),
    tx
      .update(points)
      .set({ departmentId: into, ...(into === null && { dueOn: null }) })
      .where(meant),
  ]
}

const theirReplies = alias(departmentReplies, 'their_replies')
const theirSignatures = alias(cosignatures, 'their_signatures')

/** What it has begun to write, or was asked to sign, goes on where the other has not begun by itself; else it stays, or goes. */
function writtenHandedOver(tx: Query, departmentId: string, into: string | null): Statement[] {
  const unsigned = and(eq(cosignatures.departmentId, departmentId), isNull(cosignatures.position))
  if (into === null) return [tx.delete(cosignatures).where(unsigned)]
  const begun = sql`exists (select 1 from ${departmentReplies} as ${theirReplies} where ${theirReplies.departmentId} = ${into}
    and ${theirReplies.kind} = ${departmentReplies.kind} and ${theirReplies.target} = ${departmentReplies.target})`
  const asked = sql`exists (select 1 from ${cosignatures} as ${theirSignatures} where ${theirSignatures.departmentId} = ${into}
    and ${theirSignatures.concernId} = ${cosignatures.concernId})`
  return [
    tx
      .update(departmentReplies)
      .set({ departmentId: into })
      .where(
        and(
          eq(departmentReplies.departmentId, departmentId),
          ne(departmentReplies.state, 'confirmed'),
          sql`not ${begun}`,
        ),
      ),
    tx
      .update(cosignatures)
      .set({ departmentId: into })
      .where(and(unsigned, sql`not ${asked}`)),
    tx.delete(cosignatures).where(unsigned),
  ]
}
