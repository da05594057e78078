import { randomUUID } from 'node:crypto'
import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { AssignedThing } from '../../../server/rules/departments/assignments.ts'
import { departmentReplyFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { orTaken } from '../../refused.ts'
import { departmentReplies, departmentStaff } from '../../schema/index.ts'
import type { DepartmentReply } from './department-replies.ts'

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
