import { and, eq, inArray, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AssignedThing } from '../../../server/rules/departments/assignments.ts'
import type { Database } from '../../database.ts'
import { departmentReplies, departments, staff } from '../../schema/index.ts'

const confirmer = alias(staff, 'confirmer')

const read = {
  id: departmentReplies.id,
  consultationId: departmentReplies.consultationId,
  departmentId: departmentReplies.departmentId,
  department: departments.name,
  kind: departmentReplies.kind,
  target: departmentReplies.target,
  outcome: departmentReplies.outcome,
  reason: departmentReplies.reason,
  state: departmentReplies.state,
  revision: departmentReplies.revision,
  writtenBy: departmentReplies.writtenBy,
  writer: staff.name,
  confirmer: confirmer.name,
  letterNumber: departmentReplies.letterNumber,
  letterOn: departmentReplies.letterOn,
  fileId: departmentReplies.fileId,
  fileName: departmentReplies.fileName,
  fileSize: departmentReplies.fileSize,
  returnNote: departmentReplies.returnNote,
}

/** 答复意见: what a department proposes that the office answers. */
export type DepartmentReply = Awaited<ReturnType<typeof findReply>> & object

function reading({ query }: Database) {
  return query
    .select(read)
    .from(departmentReplies)
    .innerJoin(departments, eq(departments.id, departmentReplies.departmentId))
    .innerJoin(staff, eq(staff.id, departmentReplies.writtenBy))
    .leftJoin(confirmer, eq(confirmer.id, departmentReplies.confirmedBy))
}

/** What a department has written of a thing; null where it has written nothing. */
export async function findReply(db: Database, departmentId: string, thing: AssignedThing) {
  const [row] = await reading(db).where(ofThing(departmentId, thing))
  return row ?? null
}

/** The confirmed reply with which this scan came; null where there is none in this consultation. */
export async function replyOfLetter(
  db: Database,
  consultationId: string,
  fileId: string,
): Promise<DepartmentReply | null> {
  const { fileId: file, consultationId: of } = departmentReplies
  const [row] = await reading(db).where(and(eq(of, consultationId), eq(file, fileId)))
  return row ?? null
}

/** What a department has written of some things. @param things at most a page of them */
export async function repliesOf(
  db: Database,
  departmentId: string,
  things: AssignedThing[],
): Promise<DepartmentReply[]> {
  if (things.length === 0) return []
  const targets = things.map(({ target }) => target)
  return reading(db).where(
    and(eq(departmentReplies.departmentId, departmentId), inArray(departmentReplies.target, targets)),
  )
}

/** What departments have confirmed of these things: the proposals that the office may take over. */
export async function confirmedReplies(
  db: Database,
  consultationId: string,
  things: AssignedThing[],
): Promise<DepartmentReply[]> {
  if (things.length === 0) return []
  const { kind, target, state } = departmentReplies
  const kinds = [...new Set(things.map((one) => one.kind))]
  const meant = kinds.map((one) =>
    and(
      eq(kind, one),
      inArray(
        target,
        things.flatMap((thing) => (thing.kind === one ? [thing.target] : [])),
      ),
    ),
  )
  return reading(db).where(
    and(eq(departmentReplies.consultationId, consultationId), eq(state, 'confirmed'), or(...meant)),
  )
}

export function ofThing(departmentId: string, { kind, target }: AssignedThing) {
  return and(
    eq(departmentReplies.departmentId, departmentId),
    eq(departmentReplies.kind, kind),
    eq(departmentReplies.target, target),
  )
}

/** Which department answers which thing, of which consultation. */
export interface RepliedThing extends AssignedThing {
  consultationId: string
  departmentId: string
}
