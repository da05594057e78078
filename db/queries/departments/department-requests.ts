import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import type {
  AssignedThing,
  AssignmentKind,
  requestNames,
} from '../../../server/rules/departments/assignments.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, departmentRequests, departments, points, staff } from '../../schema/index.ts'
import type { RepliedThing } from './department-replies.ts'

const read = {
  id: departmentRequests.id,
  departmentId: departmentRequests.departmentId,
  department: departments.name,
  kind: departmentRequests.kind,
  target: departmentRequests.target,
  asks: departmentRequests.asks,
  unit: departmentRequests.unit,
  dueOn: departmentRequests.dueOn,
  reason: departmentRequests.reason,
  by: staff.name,
  decision: departmentRequests.decision,
  /** The public id of the comment that it is of; null for a concern. */
  letter: sql<
    string | null
  >`case ${departmentRequests.kind} when 'comment' then ${departmentRequests.target} when 'point' then (
    select ${comments.publicId} from ${comments} where ${comments.id} = (
      select ${points.commentId} from ${points} where ${points.id} = ${departmentRequests.target})) end`,
  text: sql<string | null>`coalesce(
    (select ${concerns.sentence} from ${concerns} where ${departmentRequests.kind} = 'concern'
      and ${concerns.id} = ${departmentRequests.target}),
    (select ${comments.body} from ${comments} where ${departmentRequests.kind} = 'comment'
      and ${comments.publicId} = ${departmentRequests.target}),
    (select substr(${comments.body}, ${points.start} + 1, ${points.end} - ${points.start}) from ${points}
      join ${comments} on ${comments.id} = ${points.commentId}
      where ${departmentRequests.kind} = 'point' and ${points.id} = ${departmentRequests.target}))`,
}

/** 退回 or 申请延期: what a department asks of the office. */
export type DepartmentRequest = Awaited<ReturnType<typeof openRequests>>[number]

function reading({ query }: Database) {
  return query
    .select(read)
    .from(departmentRequests)
    .innerJoin(departments, eq(departments.id, departmentRequests.departmentId))
    .innerJoin(staff, eq(staff.id, departmentRequests.staffId))
}

/** What departments ask and nobody has decided, the oldest first. */
export function openRequests(db: Database, consultationId: string) {
  return reading(db)
    .where(and(eq(departmentRequests.consultationId, consultationId), isNull(departmentRequests.decision)))
    .orderBy(asc(departmentRequests.createdAt), asc(departmentRequests.id))
}

/** What a department has asked about a thing, the newest first. */
export function requestsAbout(db: Database, departmentId: string, thing: AssignedThing) {
  return reading(db)
    .where(about(departmentId, thing))
    .orderBy(desc(departmentRequests.createdAt), asc(departmentRequests.id))
}

function about(departmentId: string, { kind, target }: AssignedThing) {
  return and(
    eq(departmentRequests.departmentId, departmentId),
    eq(departmentRequests.kind, kind),
    eq(departmentRequests.target, target),
  )
}

/** Until when the office has granted that things are answered, by kind and target. */
export async function grantedDays(
  db: Database,
  departmentId: string,
  things: AssignedThing[],
): Promise<(AssignedThing & { dueOn: string })[]> {
  if (things.length === 0) return []
  const { kind, target, dueOn } = departmentRequests
  const rows = await db.query
    .select({ kind, target, dueOn: sql<string>`max(${dueOn})` })
    .from(departmentRequests)
    .where(
      and(
        eq(departmentRequests.departmentId, departmentId),
        eq(departmentRequests.asks, 'extension'),
        eq(departmentRequests.decision, 'granted'),
        inArray(
          target,
          things.map((thing) => thing.target),
        ),
      ),
    )
    .groupBy(kind, target)
  return rows.map((row) => ({ ...row, kind: row.kind as AssignmentKind }))
}

interface Asking {
  asks: keyof typeof requestNames
  unit: string | null
  dueOn: string | null
  reason: string
}

/** Asks the office about a thing. @throws Refused where the same is asked already and not decided */
export async function makeRequest(
  db: Database,
  { consultationId, departmentId, kind, target }: RepliedThing,
  asking: Asking,
  act: Act,
): Promise<void> {
  const id = randomUUID()
  const given = { id, consultationId, departmentId, kind, target, ...asking }
  await db.atomically((tx) => [
    must('taken', nobodyAsks(tx, departmentId, { kind, target }, asking.asks)),
    tx.insert(departmentRequests).values({ ...given, staffId: act.staffId, createdAt: act.now }),
    logAct(tx, act, 'department_request.make', id, { asks: asking.asks, kind, target }),
  ])
}

function nobodyAsks(tx: Query, departmentId: string, thing: AssignedThing, asks: string) {
  const asked = tx
    .select({ one: sql`1` })
    .from(departmentRequests)
    .where(
      and(about(departmentId, thing), eq(departmentRequests.asks, asks), isNull(departmentRequests.decision)),
    )
  return tx
    .update(departments)
    .set({ id: departmentId })
    .where(and(eq(departments.id, departmentId), notExists(asked)))
    .returning({ id: departments.id })
}
