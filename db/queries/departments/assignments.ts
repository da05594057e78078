import { and, asc, eq } from 'drizzle-orm'
import type {
  AssignedThing,
  AssignmentKind,
  AssignmentState,
} from '../../../server/rules/departments/assignments.ts'
import type { Database } from '../../database.ts'
import { concerns } from '../../schema/index.ts'
import { isTheirsToSign } from './assigned.ts'
import {
  type Asked,
  type Assignment,
  asConcern,
  commentsMeant,
  concernRead,
  concernsMeant,
  pointsMeant,
} from './assigned-things.ts'
import type { Meant } from './assignment-states.ts'
import { clausesOf } from './assignment-ways.ts'

/** Where a page of assignments ends: concerns stand before points, and those before comments. */
export type AssignmentPlace = AssignedThing

/** A page of what a department was given and is in this state. */
export async function listedAssignments(
  db: Database,
  asked: Asked,
  state: AssignmentState,
  { after, limit }: { after: AssignmentPlace | null; limit: number },
): Promise<Assignment[]> {
  const kinds: AssignmentKind[] = ['concern', 'point', 'comment']
  const from = after ? kinds.indexOf(after.kind) : 0
  const clauses = state === 'open' ? await clausesOf(db, asked.departmentId) : []
  const found: Assignment[] = []
  for (const kind of kinds.slice(from)) {
    if (found.length >= limit) break
    const behind = after?.kind === kind ? after.target : null
    found.push(...(await read[kind](db, asked, { state, behind, clauses }, limit - found.length)))
  }
  return found
}

/** One thing, if it is this department's to answer, whether it is open or not. */
export async function findAssignment(
  db: Database,
  asked: Asked,
  { kind, target }: AssignedThing,
): Promise<Assignment | null> {
  const [found] = await read[kind](db, asked, { target }, 1)
  return found ?? null
}

/** The concerns that a department was asked to sign; the one of this id, where it is named. */
export async function concernsToSign(
  db: Database,
  { consultationId, departmentId }: Asked,
  target: string | null = null,
): Promise<Assignment[]> {
  const rows = await db.query
    .select(concernRead)
    .from(concerns)
    .where(
      and(
        isTheirsToSign(db.query, consultationId, departmentId),
        target === null ? undefined : eq(concerns.id, target),
      ),
    )
    .orderBy(asc(concerns.id))
  return rows.map(asConcern)
}

const read: Record<
  AssignmentKind,
  (db: Database, asked: Asked, meant: Meant, limit: number) => Promise<Assignment[]>
> = { concern: concernsMeant, point: pointsMeant, comment: commentsMeant }
