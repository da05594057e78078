import { and, count, eq, isNull, lt, ne, or } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { recoveryCodes, secondFactorAttempts, sessions, signInFailures, staff } from '../../schema/index.ts'
import type { SealedPlace, Seals } from '../../sealing/sealed.ts'

/** What signing in is checked against. */
export interface Credentials {
  id: string
  passwordHash: string
  totpSecret: string
  /** How many second factors were tried since one was right. */
  attempts: number
}

/** What the second factor was: the time step of an authenticator's code, or the hash of a recovery code. */
export type SecondFactor = { totpStep: number } | { recoveryHash: string }

/** What an enabled and activated account signs in with; null where nobody has this name. */
export async function findCredentials(db: Database, seals: Seals, name: string): Promise<Credentials | null> {
  const { id, passwordHash, totpSecret } = staff
  const [row] = await db.query
    .select({ id, passwordHash, totpSecret, attempts: secondFactorAttempts.count })
    .from(staff)
    .leftJoin(secondFactorAttempts, eq(secondFactorAttempts.staffId, id))
    .where(and(eq(staff.name, name), isNull(staff.disabledAt)))
  if (!row?.passwordHash || !row.totpSecret) return null
  return {
    id: row.id,
    passwordHash: row.passwordHash,
    totpSecret: seals.open(row.totpSecret, totpPlace(row.id)),
    attempts: row.attempts ?? 0,
  }
}

/** Where the secret of a member's authenticator lies. */
export function totpPlace(staffId: string): SealedPlace {
  return { table: 'staff', column: 'totp_secret', row: staffId }
}

/**
 * Uses up a second factor, and forgets the failures before it.
 * @throws Refused where the same code, or a newer one, was used meanwhile
 */
export async function useSecondFactor(
  db: Database,
  nameHash: string,
  factor: SecondFactor,
  purpose: 'staff.sign_in' | 'staff.confirm',
  act: Act,
): Promise<void> {
  const { staffId } = act
  const kind = 'totpStep' in factor ? 'authenticator' : 'recovery_code'
  await db.atomically((tx) => [
    must(
      'stale',
      'totpStep' in factor
        ? tx
            .update(staff)
            .set(factor)
            .where(
              and(eq(staff.id, staffId), or(isNull(staff.totpStep), lt(staff.totpStep, factor.totpStep))),
            )
            .returning({ id: staff.id })
        : tx
            .delete(recoveryCodes)
            .where(and(eq(recoveryCodes.staffId, staffId), eq(recoveryCodes.hash, factor.recoveryHash)))
            .returning({ id: recoveryCodes.staffId }),
    ),
    tx.delete(signInFailures).where(eq(signInFailures.nameHash, nameHash)),
    tx.delete(secondFactorAttempts).where(eq(secondFactorAttempts.staffId, staffId)),
    logAct(tx, act, purpose, staffId, { factor: kind }),
  ])
}

/** Sets a new password and signs the member out of every browser but the one with this session. */
export async function changePassword(
  db: Database,
  passwordHash: string,
  keptSession: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.update(staff).set({ passwordHash }).where(eq(staff.id, act.staffId)),
    tx.delete(sessions).where(and(eq(sessions.staffId, act.staffId), ne(sessions.id, keptSession))),
    logAct(tx, act, 'staff.password', act.staffId),
  ])
}

/** Puts new recovery codes in the place of all old ones. */
export async function renewRecoveryCodes(db: Database, hashes: string[], act: Act): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, act.staffId)),
    tx.insert(recoveryCodes).values(hashes.map((hash) => ({ staffId: act.staffId, hash }))),
    logAct(tx, act, 'staff.recovery_codes', act.staffId),
  ])
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(db: Database, staffId: string): Promise<number> {
  const [row] = await db.query
    .select({ count: count() })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.staffId, staffId))
  return row?.count ?? 0
}
