import { and, asc, countDistinct, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { roleFact } from '../../../server/rules/evidence/office-facts.ts'
import { everywhere, type Grant, isRole, type Role } from '../../../server/rules/staff/roles.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { prepared } from '../../prepared.ts'
import { staff, staffRoles } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { totpPlace } from './credentials.ts'

export interface Member {
  id: string
  name: string
  grants: Grant[]
}

interface NewMember {
  name: string
  passwordHash: string
  /** In base 32; it is stored sealed. */
  totpSecret: string
  grants: Grant[]
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
  { name, passwordHash, totpSecret, grants }: NewMember,
  act: Act<string | null>,
): Promise<string> {
  const id = uuid()
  const roles = grants.map((grant) => ({ staffId: id, ...grant }))
  await atomicallySealed(db, seals, (tx) => [
    must(
      'taken',
      tx
        .insert(staff)
        .values({
          id,
          name,
          passwordHash,
          totpSecret: seals.seal(totpSecret, totpPlace(id)),
          createdAt: act.now,
        })
        .onConflictDoNothing()
        .returning({ id: staff.id }),
    ),
    attests(tx.insert(staffRoles).values(roles), act.now, ...roles.map((role) => roleFact(role))),
    logAct(tx, act, 'staff.add', id, {
      grants: grants.map(({ role, consultationId }) => `${role}@${consultationId}`),
    }),
  ])
  return id
}

/** Whether anybody works here yet, invited or shut out included. */
export async function hasStaff(db: Database): Promise<boolean> {
  const rows = await db.query.select({ id: staff.id }).from(staff).limit(1)
  return rows.length > 0
}

const enabled = prepared('member_with_roles', (query) =>
  query
    .select({
      id: staff.id,
      name: staff.name,
      role: staffRoles.role,
      consultationId: staffRoles.consultationId,
    })
    .from(staff)
    .leftJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(and(eq(staff.id, sql.param(sql.placeholder('staffId'), staff.id)), isNull(staff.disabledAt)))
    .orderBy(asc(staffRoles.role)),
)

/** An enabled member of staff with their roles as they are now; null where there is none. */
export async function findMember(db: Database, staffId: string): Promise<Member | null> {
  const rows = await enabled(db).execute({ staffId })
  const [first] = rows
  return first ? { id: first.id, name: first.name, grants: grantsIn(rows) } : null
}

/** The enabled member of staff of this name; null where there is none. */
export async function findMemberByName(db: Database, name: string): Promise<Member | null> {
  const [row] = await db.query.select({ id: staff.id }).from(staff).where(eq(staff.name, name)).limit(1)
  return row ? findMember(db, row.id) : null
}

/** The grants among rows of staff joined with their roles. */
export function grantsIn(rows: { role: string | null; consultationId: string | null }[]): Grant[] {
  return rows.flatMap(({ role, consultationId }) =>
    role !== null && consultationId !== null && isRole(role) ? [{ role, consultationId }] : [],
  )
}

/** The names of members of staff by their ids, disabled accounts included. */
export async function staffNames(
  db: Database,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const rows = await db.query
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(inArray(staff.id, known))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How many enabled members of staff have a role in a consultation, but for some. */
export async function countWithRole(
  db: Database,
  role: Role,
  consultationId: string,
  but: ReadonlySet<string>,
): Promise<number> {
  const [row] = await db.query
    .select({ count: countDistinct(staff.id) })
    .from(staffRoles)
    .innerJoin(staff, eq(staff.id, staffRoles.staffId))
    .where(
      and(
        eq(staffRoles.role, role),
        inArray(staffRoles.consultationId, [consultationId, everywhere]),
        isNull(staff.disabledAt),
        but.size > 0 ? notInArray(staff.id, [...but]) : undefined,
      ),
    )
  return row?.count ?? 0
}

/** The enabled members of staff who have one of the roles in a consultation, by name. */
export function staffWith(
  db: Database,
  roles: readonly Role[],
  consultationId: string,
): Promise<{ id: string; name: string }[]> {
  return db.query
    .selectDistinct({ id: staff.id, name: staff.name })
    .from(staffRoles)
    .innerJoin(staff, eq(staff.id, staffRoles.staffId))
    .where(
      and(
        inArray(staffRoles.role, [...roles]),
        inArray(staffRoles.consultationId, [consultationId, everywhere]),
        isNull(staff.disabledAt),
      ),
    )
    .orderBy(asc(staff.name))
}
