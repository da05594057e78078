import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { positionNames } from '../../../server/rules/departments/assignments.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { concerns, cosignatures, departments, staff } from '../../schema/index.ts'
import { departmentIsOpen } from '../points/open-departments.ts'

export type Cosignature = Awaited<ReturnType<typeof cosignaturesOf>>[number]

/** 会签 of a concern: who was asked, and what each said. */
export function cosignaturesOf(db: Database, concernId: string) {
  return db.query
    .select({
      departmentId: departments.id,
      department: departments.name,
      position: cosignatures.position,
      note: cosignatures.note,
      signer: staff.name,
      signedAt: cosignatures.signedAt,
      officePosition: cosignatures.officePosition,
      resolved: cosignatures.resolved,
    })
    .from(cosignatures)
    .innerJoin(departments, eq(departments.id, cosignatures.departmentId))
    .leftJoin(staff, eq(staff.id, cosignatures.signedBy))
    .where(eq(cosignatures.concernId, concernId))
    .orderBy(asc(departments.name))
}

/** Asks departments of a consultation to sign a concern; who was asked before is not asked again. @throws Refused where it is gone, or one of them answers no more */
export async function askToSign(
  db: Database,
  consultationId: string,
  { concernId, departmentIds }: { concernId: string; departmentIds: string[] },
  act: Act,
): Promise<void> {
  const rows = departmentIds.map((departmentId) => ({
    ...{ concernId, departmentId, resolved: false },
    ...{ askedBy: act.staffId, askedAt: act.now },
  }))
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(concerns)
        .set({ count: sql`${concerns.count}` })
        .where(and(eq(concerns.id, concernId), eq(concerns.consultationId, consultationId)))
        .returning({ id: concerns.id }),
    ),
    ...departmentIds.map((departmentId) => departmentIsOpen(tx, { consultationId, departmentId })),
    tx.insert(cosignatures).values(rows).onConflictDoNothing(),
    logAct(tx, act, 'cosignature.ask', concernId, { departments: departmentIds }),
  ])
}

/** What a department says of a concern; it may say something else as long as the office has not settled it. */
export async function sign(
  db: Database,
  { concernId, departmentId }: { concernId: string; departmentId: string },
  { position, note }: { position: keyof typeof positionNames; note: string | null },
  act: Act,
): Promise<void> {
  const said = { position, note: position === 'differ' ? note : null }
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(cosignatures)
        .set({ ...said, signedBy: act.staffId, signedAt: act.now })
        .where(
          and(
            eq(cosignatures.concernId, concernId),
            eq(cosignatures.departmentId, departmentId),
            isNull(cosignatures.officePosition),
          ),
        )
        .returning({ concernId: cosignatures.concernId }),
    ),
    logAct(tx, act, 'cosignature.sign', concernId, { department: departmentId, position }),
  ])
}

/** What the office holds against a difference, and whether it was settled. @throws Refused where the department does not differ */
export async function answerDifference(
  db: Database,
  { concernId, departmentId }: { concernId: string; departmentId: string },
  { officePosition, resolved }: { officePosition: string; resolved: boolean },
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(cosignatures)
        .set({ officePosition, resolved })
        .where(
          and(
            eq(cosignatures.concernId, concernId),
            eq(cosignatures.departmentId, departmentId),
            eq(cosignatures.position, 'differ'),
          ),
        )
        .returning({ concernId: cosignatures.concernId }),
    ),
    logAct(tx, act, 'cosignature.answer', concernId, { department: departmentId, resolved }),
  ])
}

/** Which of these concerns a department has signed already. */
export async function signedBy(db: Database, departmentId: string, concernIds: string[]): Promise<string[]> {
  if (concernIds.length === 0) return []
  const rows = await db.query
    .select({ id: cosignatures.concernId })
    .from(cosignatures)
    .where(
      and(
        eq(cosignatures.departmentId, departmentId),
        inArray(cosignatures.concernId, concernIds),
        isNotNull(cosignatures.position),
      ),
    )
  return rows.map(({ id }) => id)
}
