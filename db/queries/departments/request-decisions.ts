import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { heldRow } from '../../held-row.ts'
import {
  commentDepartments,
  comments,
  concerns,
  departmentRequests,
  departments,
  points,
} from '../../schema/index.ts'
import type { DepartmentRequest } from './department-requests.ts'

/**
 * Decides what a department asks. What it gives back goes to the department named, a new one where there is none of this name.
 * @throws Refused where somebody else has decided, or that department answers no more
 */
export async function decideRequest(
  db: Database,
  consultationId: string,
  request: DepartmentRequest,
  decision: 'granted' | 'refused',
  act: Act,
): Promise<void> {
  const { id, unit } = request
  const moves = decision === 'granted' && request.asks === 'return' && unit !== null
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(departmentRequests)
        .set({ decision, decidedBy: act.staffId, decidedAt: act.now })
        .where(
          and(
            eq(departmentRequests.id, id),
            eq(departmentRequests.consultationId, consultationId),
            isNull(departmentRequests.decision),
          ),
        )
        .returning({ id: departmentRequests.id }),
    ),
    ...(moves ? movedTo(tx, consultationId, request, unit) : []),
    logAct(tx, act, 'department_request.decide', id, { decision }),
  ])
}

/** The statements after which a thing is this unit's. */
function movedTo(
  tx: Query,
  consultationId: string,
  { kind, target }: DepartmentRequest,
  unit: string,
): Statement[] {
  const named = and(eq(departments.consultationId, consultationId), eq(departments.name, unit))
  const given = tx.select({ id: departments.id }).from(departments).where(named)
  const answering = tx
    .select({ id: departments.id })
    .from(departments)
    .where(and(named, isNull(departments.closedAt)))
  const departmentId = sql<string>`(${given})`
  const there = [
    tx
      .insert(departments)
      .values({ id: randomUUID(), consultationId, name: unit, opensNames: false })
      .onConflictDoNothing(),
    must('gone', heldRow(answering)),
  ]
  if (kind === 'concern')
    return [
      ...there,
      tx
        .update(concerns)
        .set({ departmentId, dueOn: null })
        .where(and(eq(concerns.id, target), eq(concerns.consultationId, consultationId))),
    ]
  if (kind === 'point')
    return [
      ...there,
      tx
        .update(points)
        .set({ departmentId, dueOn: null })
        .where(and(eq(points.id, target), eq(points.consultationId, consultationId))),
    ]
  return [
    ...there,
    tx
      .insert(commentDepartments)
      .select(
        tx
          .select({
            commentId: comments.id,
            departmentId: departmentId.as('department_id'),
            dueOn: sql<string | null>`cast(null as text)`.as('due_on'),
          })
          .from(comments)
          .where(and(eq(comments.publicId, target), eq(comments.consultationId, consultationId))),
      )
      .onConflictDoUpdate({ target: commentDepartments.commentId, set: { departmentId, dueOn: null } }),
  ]
}
