import { count, desc, isNotNull } from 'drizzle-orm'
import {
  newSigningSecret,
  type SigningKey,
  signingKey,
} from '../../../server/rules/transparency/signatures.ts'
import type { Database } from '../../database.ts'
import { signingKeys } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { SealedPlace, Seals } from '../../sealing/sealed.ts'

/** A key as everybody may see it. */
export type PublicKey = Pick<typeof signingKeys.$inferSelect, 'publicKey' | 'createdAt'>

/** As long as the process lives: another follows only where the portal's secret key was lost, and it stands still then. */
const known = new WeakMap<Seals, SigningKey>()

/** The key that signs now. The first that asks makes it, and all nodes share it. */
export async function currentKey(db: Database, seals: Seals, now: Date): Promise<SigningKey> {
  const key = known.get(seals) ?? (await storedKey(db, seals)) ?? (await madeKey(db, seals, now))
  known.set(seals, key)
  return key
}

/** Every key that ever signed, the newest first. */
export function publicKeys(db: Database): Promise<PublicKey[]> {
  const { publicKey, createdAt, number } = signingKeys
  return db.query.select({ publicKey, createdAt }).from(signingKeys).orderBy(desc(number))
}

async function storedKey(db: Database, seals: Seals): Promise<SigningKey | null> {
  const [row] = await db.query
    .select()
    .from(signingKeys)
    .where(isNotNull(signingKeys.secret))
    .orderBy(desc(signingKeys.number))
    .limit(1)
  return row ? openedKey(seals, row) : null
}

/** null where its secret is gone. @throws BrokenSeal */
export function openedKey(
  seals: Pick<Seals, 'open'>,
  { secret, publicKey }: Pick<typeof signingKeys.$inferSelect, 'secret' | 'publicKey'>,
): SigningKey | null {
  return secret === null ? null : signingKey(seals.open(secret, secretPlace(publicKey)))
}

async function madeKey(db: Database, seals: Seals, now: Date): Promise<SigningKey> {
  const secret = newSigningSecret()
  const { publicKey } = signingKey(secret)
  const [row] = await db.query.select({ before: count() }).from(signingKeys)
  await atomicallySealed(db, seals, (tx) => [
    tx
      .insert(signingKeys)
      .values({
        publicKey,
        number: (row?.before ?? 0) + 1,
        secret: seals.seal(secret, secretPlace(publicKey)),
        createdAt: now,
      })
      .onConflictDoNothing(),
  ])
  const stored = await storedKey(db, seals)
  if (!stored) throw new Error('no key for signing was stored')
  return stored
}

function secretPlace(publicKey: string): SealedPlace {
  return { table: 'signing_keys', column: 'secret', row: publicKey }
}
