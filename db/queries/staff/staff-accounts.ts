import { and, asc, desc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { roleFact } from '../../../server/rules/evidence/office-facts.ts'
import type { Grant } from '../../../server/rules/staff/roles.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { consultations, isSignIn, log, sessions, staff, staffRoles } from '../../schema/index.ts'
import { type StoredActivation, withoutCredentials } from './activation.ts'
import { grantsIn } from './staff.ts'

/** An account as the administrator sees it. */
export interface StaffAccount {
  id: string
  name: string
  grants: Grant[]
  activated: boolean
  activationExpiresAt: Date | null
  disabledAt: Date | null
  signedInAt: Date | null
}

const account = {
  id: staff.id,
  name: staff.name,
  passwordHash: staff.passwordHash,
  activationExpiresAt: staff.activationExpiresAt,
  disabledAt: staff.disabledAt,
}

/** Every account, by name. */
export async function staffAccounts(db: Database): Promise<StaffAccount[]> {
  const [rows, roles, signIns] = await Promise.all([
    db.query.select(account).from(staff).orderBy(asc(staff.name)),
    db.query.select().from(staffRoles).orderBy(asc(staffRoles.role), asc(staffRoles.consultationId)),
    lastSignIns(db),
  ])
  return rows.map(({ passwordHash, ...row }) => ({
    ...row,
    activated: passwordHash !== null,
    grants: grantsIn(roles.filter(({ staffId }) => staffId === row.id)),
    signedInAt: signIns.find(({ staffId }) => staffId === row.id)?.at ?? null,
  }))
}

/** When each account last signed in. */
function lastSignIns({ query }: Database): Promise<{ staffId: string; at: Date | null }[]> {
  const last = query
    .select({ at: max(log.at) })
    .from(log)
    .where(and(eq(log.subject, staff.id), isSignIn))
  return query.select({ staffId: staff.id, at: sql`(${last})`.mapWith(log.at) }).from(staff)
}

/** One account; null where there is none with this id. */
export async function findStaffAccount(db: Database, id: string): Promise<StaffAccount | null> {
  const accounts = await staffAccounts(db)
  return accounts.find((one) => one.id === id) ?? null
}

/** Every consultation in which a role can be given, the newest opening first. */
export function grantableConsultations(db: Database): Promise<{ id: string; title: string }[]> {
  return db.query
    .select({ id: consultations.id, title: consultations.title })
    .from(consultations)
    .orderBy(desc(consultations.opensAt), desc(consultations.id))
}

/**
 * Makes an account for its owner to activate.
 * @returns its id
 * @throws Refused where the name is taken
 */
export async function inviteStaff(
  db: Database,
  { name, grant }: { name: string; grant: Grant },
  activation: StoredActivation,
  by: Act<string | null>,
): Promise<string> {
  const id = uuid()
  await db.atomically((tx) => [
    must(
      'taken',
      tx
        .insert(staff)
        .values({ id, name, createdAt: by.now, ...activation })
        .onConflictDoNothing()
        .returning({ id: staff.id }),
    ),
    attests(
      tx.insert(staffRoles).values({ staffId: id, ...grant }),
      by.now,
      roleFact({ staffId: id, ...grant }),
    ),
    logAct(tx, by, 'staff.add', id, { grants: [`${grant.role}@${grant.consultationId}`] }),
  ])
  return id
}

/** Voids what an account signs in with, for its owner to set it anew. @throws Refused where the account is disabled */
export async function resetCredentials(
  db: Database,
  id: string,
  activation: StoredActivation,
  by: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(staff)
        .set({ passwordHash: null, totpSecret: null, totpStep: null, ...activation })
        .where(and(eq(staff.id, id), isNull(staff.disabledAt)))
        .returning({ id: staff.id }),
    ),
    ...withoutCredentials(tx, id),
    logAct(tx, by, 'staff.reset', id),
  ])
}

/** @throws Refused where the account has the role already */
export async function grantRole(db: Database, id: string, grant: Grant, by: Act): Promise<void> {
  await db.atomically((tx) => [
    attests(
      must(
        'taken',
        tx
          .insert(staffRoles)
          .values({ staffId: id, ...grant })
          .onConflictDoNothing()
          .returning({ staffId: staffRoles.staffId }),
      ),
      by.now,
      roleFact({ staffId: id, ...grant }),
    ),
    logAct(tx, by, 'staff.grant', id, { ...grant }),
  ])
}

/** @throws Refused where the account does not have the role */
export async function revokeRole(db: Database, id: string, grant: Grant, by: Act): Promise<void> {
  const { role, consultationId } = grant
  await db.atomically((tx) => [
    attests(
      must(
        'gone',
        tx
          .delete(staffRoles)
          .where(
            and(
              eq(staffRoles.staffId, id),
              eq(staffRoles.role, role),
              eq(staffRoles.consultationId, consultationId),
            ),
          )
          .returning({ staffId: staffRoles.staffId }),
      ),
      by.now,
      roleFact({ staffId: id, ...grant }, true),
    ),
    logAct(tx, by, 'staff.revoke', id, { ...grant }),
  ])
}

/** Shuts an account out with its next request. @throws Refused where it is disabled already */
export async function disableStaff(db: Database, id: string, by: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(staff)
        .set({ disabledAt: by.now })
        .where(and(eq(staff.id, id), isNull(staff.disabledAt)))
        .returning({ id: staff.id }),
    ),
    tx.delete(sessions).where(eq(sessions.staffId, id)),
    logAct(tx, by, 'staff.disable', id),
  ])
}

/** @throws Refused where it is not disabled */
export async function enableStaff(db: Database, id: string, by: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(staff)
        .set({ disabledAt: null })
        .where(and(eq(staff.id, id), isNotNull(staff.disabledAt)))
        .returning({ id: staff.id }),
    ),
    logAct(tx, by, 'staff.enable', id),
  ])
}
