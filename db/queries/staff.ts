import { and, asc, eq, isNull, lt, or } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Grant, isRole } from '../../server/rules/roles.ts'
import { type Database, must } from '../open.ts'
import { log, staff, staffRoles } from '../schema/index.ts'
import type { Seals } from '../sealed.ts'

export interface Member {
  id: string
  name: string
  grants: Grant[]
}

export interface NewMember {
  name: string
  passwordHash: string
  /** In base 32; it is stored sealed. */
  totpSecret: string
  grants: Grant[]
}

/** What sign-in is checked against. */
export interface Credentials {
  id: string
  passwordHash: string
  totpSecret: string
}

/**
 * Stores a member of staff with their roles.
 * @param by who adds them; null for the operator at the command line
 * @returns the new member's id
 * @throws Refused where the name is taken
 */
export async function addStaff(
  db: Database,
  seals: Seals,
  member: NewMember,
  by: string | null,
  now: Date,
): Promise<string> {
  const id = uuid()
  const { name, passwordHash, grants } = member
  const totpSecret = seals.seal(member.totpSecret, secretOf(id))
  await db.atomically((tx) => [
    must(
      tx
        .insert(staff)
        .values({ id, name, passwordHash, totpSecret, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: staff.id }),
      'name',
    ),
    tx.insert(staffRoles).values(grants.map((grant) => ({ staffId: id, ...grant }))),
    tx.insert(log).values({
      at: now,
      staffId: by,
      act: 'staff.add',
      subject: id,
      detail: { grants: grants.map(({ role, consultationId }) => `${role}@${consultationId}`) },
    }),
  ])
  return id
}

/** What an enabled account signs in with; null where nobody has this name. */
export async function findCredentials(db: Database, seals: Seals, name: string): Promise<Credentials | null> {
  const [row] = await db.query
    .select()
    .from(staff)
    .where(and(eq(staff.name, name), isNull(staff.disabledAt)))
  if (!row) return null
  const { id, passwordHash, totpSecret } = row
  return { id, passwordHash, totpSecret: seals.open(totpSecret, secretOf(id)) }
}

/**
 * Records a sign-in, with the time step of its code.
 * @throws Refused where the same code, or a newer one, was used meanwhile
 */
export async function recordSignIn(
  db: Database,
  staffId: string,
  totpStep: number,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(staff)
        .set({ totpStep })
        .where(and(eq(staff.id, staffId), or(isNull(staff.totpStep), lt(staff.totpStep, totpStep))))
        .returning({ id: staff.id }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'staff.sign_in', subject: staffId, detail: {} }),
  ])
}

/** An enabled member of staff with their roles as they are now; null where there is none. */
export async function findMember(db: Database, staffId: string): Promise<Member | null> {
  const rows = await db.query
    .select({
      id: staff.id,
      name: staff.name,
      role: staffRoles.role,
      consultationId: staffRoles.consultationId,
    })
    .from(staff)
    .leftJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)))
    .orderBy(asc(staffRoles.role))
  const [first] = rows
  if (!first) return null
  const grants = rows.flatMap(({ role, consultationId }) =>
    role !== null && consultationId !== null && isRole(role) ? [{ role, consultationId }] : [],
  )
  return { id: first.id, name: first.name, grants }
}

function secretOf(row: string) {
  return { table: 'staff', column: 'totp_secret', row }
}
