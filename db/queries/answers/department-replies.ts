import { randomUUID } from 'node:crypto'
import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AssignedThing } from '../../../server/rules/answers/assignments.ts'
import { departmentReplyFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { orTaken } from '../../refused.ts'
import { departmentReplies, departmentStaff, departments, staff } from '../../schema/index.ts'

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

function ofThing(departmentId: string, { kind, target }: AssignedThing) {
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

/**
 * Writes what a department proposes, for the first time or anew.
 * @param seen its revision, as it was read; 0 where there was none
 * @throws Refused where somebody else has written meanwhile, or it is confirmed
 */
export async function writeReply(
  db: Database,
  { consultationId, departmentId, kind, target }: RepliedThing,
  { seen, ...words }: { outcome: string; reason: string; seen: number },
  act: Act,
): Promise<void> {
  const written = { ...words, revision: seen + 1, writtenBy: act.staffId, writtenAt: act.now, state: 'draft' }
  const id = randomUUID()
  await db.atomically((tx) => [
    must(
      'stale',
      seen === 0
        ? tx
            .insert(departmentReplies)
            .values({ id, consultationId, departmentId, kind, target, ...written })
            .onConflictDoNothing()
            .returning({ id: departmentReplies.id })
        : tx
            .update(departmentReplies)
            .set(written)
            .where(
              and(
                ofThing(departmentId, { kind, target }),
                eq(departmentReplies.revision, seen),
                ne(departmentReplies.state, 'confirmed'),
              ),
            )
            .returning({ id: departmentReplies.id }),
    ),
    logAct(tx, act, 'reply.write', departmentId, { kind, target, revision: seen + 1 }),
  ])
}

/** Puts what was written before the department's head. @throws Refused where it is no draft of this revision */
export async function submitReply(
  db: Database,
  { id, revision }: Pick<DepartmentReply, 'id' | 'revision'>,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(departmentReplies)
        .set({ state: 'submitted', returnNote: null, revision: revision + 1 })
        .where(
          and(
            eq(departmentReplies.id, id),
            eq(departmentReplies.revision, revision),
            eq(departmentReplies.state, 'draft'),
          ),
        )
        .returning({ id: departmentReplies.id }),
    ),
    logAct(tx, act, 'reply.submit', id),
  ])
}

/** Gives it back to whoever wrote it. @throws Refused where it does not wait for the head */
export async function sendReplyBack(
  db: Database,
  { id, revision }: Pick<DepartmentReply, 'id' | 'revision'>,
  note: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(departmentReplies)
        .set({ state: 'draft', returnNote: note, revision: revision + 1 })
        .where(
          and(
            eq(departmentReplies.id, id),
            eq(departmentReplies.revision, revision),
            eq(departmentReplies.state, 'submitted'),
            isHead(act.staffId),
          ),
        )
        .returning({ id: departmentReplies.id }),
    ),
    logAct(tx, act, 'reply.send_back', id),
  ])
}

/** The letter with which an answer is confirmed, and its scan. */
export interface ConfirmingLetter {
  letterNumber: string
  letterOn: string
  file: { id: string; name: string; size: number; sha256: string } | null
}

/**
 * Makes it the department's proposal, for good.
 * @throws Refused where it does not wait for that, or whoever confirms it is not the head, or wrote it while the department
 * has somebody else
 */
export async function confirmReply(
  db: Database,
  reply: DepartmentReply,
  { letterNumber, letterOn, file }: ConfirmingLetter,
  act: Act,
): Promise<void> {
  const { id, revision } = reply
  const letter = {
    ...{ letterNumber, letterOn, confirmedBy: act.staffId, confirmedAt: act.now },
    ...{ fileId: file?.id ?? null, fileName: file?.name ?? null },
    ...{ fileSize: file?.size ?? null, fileSha256: file?.sha256 ?? null },
  }
  await db.atomically((tx) => [
    attests(
      must(
        'stale',
        tx
          .update(departmentReplies)
          .set({ state: 'confirmed', ...letter })
          .where(
            and(
              eq(departmentReplies.id, id),
              eq(departmentReplies.revision, revision),
              eq(departmentReplies.state, 'submitted'),
              isHead(act.staffId),
              or(ne(departmentReplies.writtenBy, act.staffId), isAlone),
            ),
          )
          .returning({ id: departmentReplies.id }),
      ),
      act.now,
      departmentReplyFact({ ...reply, ...letter }),
    ),
    logAct(tx, act, 'reply.confirm', id, { letterNumber, letterOn, sha256: letter.fileSha256 }),
  ])
}

const isHead = (staffId: string) =>
  sql`exists (select 1 from ${departmentStaff} where ${departmentStaff.departmentId} = ${departmentReplies.departmentId}
    and ${departmentStaff.staffId} = ${staffId} and ${departmentStaff.isHead})`

const isAlone = sql`(select count(*) from ${departmentStaff}
  where ${departmentStaff.departmentId} = ${departmentReplies.departmentId}) = 1`

/**
 * Keeps what a unit without accounts has answered by letter, as it was read from its list.
 * @throws Refused where one of them has a reply by now; nothing is kept then
 */
export async function enterReplies(
  db: Database,
  { consultationId, departmentId }: { consultationId: string; departmentId: string },
  entries: (AssignedThing & { outcome: string; reason: string })[],
  letter: { letterNumber: string; letterOn: string },
  act: Act,
): Promise<void> {
  const rows = entries.map((entry) => ({
    ...{ id: randomUUID(), consultationId, departmentId, revision: 1, state: 'confirmed' },
    ...entry,
    ...letter,
    ...{ writtenBy: act.staffId, writtenAt: act.now, confirmedBy: act.staffId, confirmedAt: act.now },
  }))
  const chunks = Array.from({ length: Math.ceil(rows.length / together) }, (_, i) =>
    rows.slice(i * together, (i + 1) * together),
  )
  await db
    .atomically((tx) => [
      ...chunks.map((chunk) =>
        attests(
          tx.insert(departmentReplies).values(chunk),
          act.now,
          ...chunk.map((row) => departmentReplyFact({ ...row, fileSha256: null })),
        ),
      ),
      logAct(tx, act, 'reply.enter', departmentId, { ...letter, count: rows.length }),
    ])
    .catch(orTaken)
}

/** So many rows are written by one statement. */
const together = 200
