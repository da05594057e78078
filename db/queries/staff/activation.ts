import { and, eq, gt, isNull } from 'drizzle-orm'
import { logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { recoveryCodes, secondFactorAttempts, sessions, staff } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { totpPlace } from './credentials.ts'

const days = 24 * 60 * 60 * 1000
const validFor = 7 * days

/** The code with which somebody sets their password and authenticator, as it is stored: hashed, good for a week. */
export interface StoredActivation {
  activationHash: string
  activationExpiresAt: Date
}

export function storedActivation(seals: Seals, code: string, now: Date): StoredActivation {
  return {
    activationHash: activationHash(seals, code),
    activationExpiresAt: new Date(now.getTime() + validFor),
  }
}

export function activationHash(seals: Seals, code: string): string {
  return seals.hash('activation code', code)
}

/** The enabled account that a code activates; null where it activates none, or not any more. */
export async function findActivation(
  db: Database,
  hash: string,
  now: Date,
): Promise<{ id: string; name: string } | null> {
  const [row] = await db.query
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(and(eq(staff.activationHash, hash), gt(staff.activationExpiresAt, now), isNull(staff.disabledAt)))
  return row ?? null
}

/** What somebody has set up with their code. */
export interface Setup {
  staffId: string
  activationHash: string
  passwordHash: string
  totpSecret: string
}

/**
 * Puts what was set up in the place of all earlier credentials, and uses the code up.
 * @param totpStep the time step of the authenticator's first code
 * @throws Refused where the code was used meanwhile, or is not good any more
 */
export async function activate(
  db: Database,
  seals: Seals,
  { staffId, activationHash, passwordHash, totpSecret }: Setup,
  totpStep: number,
  recoveryHashes: string[],
  now: Date,
): Promise<void> {
  await atomicallySealed(db, seals, (tx) => [
    must(
      'stale',
      tx
        .update(staff)
        .set({
          passwordHash,
          totpSecret: seals.seal(totpSecret, totpPlace(staffId)),
          totpStep,
          activationHash: null,
          activationExpiresAt: null,
        })
        .where(
          and(
            eq(staff.id, staffId),
            eq(staff.activationHash, activationHash),
            gt(staff.activationExpiresAt, now),
            isNull(staff.disabledAt),
          ),
        )
        .returning({ id: staff.id }),
    ),
    ...withoutCredentials(tx, staffId),
    tx.insert(recoveryCodes).values(recoveryHashes.map((hash) => ({ staffId, hash }))),
    logAct(tx, { staffId, now }, 'staff.activate', staffId),
  ])
}

/** The statements that end every session of a member, void their recovery codes and forget what was tried for them. */
export function withoutCredentials(tx: Pick<Query, 'delete'>, staffId: string) {
  return [
    tx.delete(sessions).where(eq(sessions.staffId, staffId)),
    tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId)),
    tx.delete(secondFactorAttempts).where(eq(secondFactorAttempts.staffId, staffId)),
  ]
}
