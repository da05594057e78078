import { type Covered, type Fact, factText } from '../../server/rules/evidence/facts.ts'
import type { digests } from '../schema/index.ts'
import { type Hmac, hmac } from '../sealing/hmac.ts'
import { randomFromStock } from '../sealing/random-stock.ts'
import { BrokenSeal, type SealedPlace, type Seals, UnknownKey } from '../sealing/sealed.ts'

export type Digest = typeof digests.$inferSelect
export type NewDigest = typeof digests.$inferInsert & Pick<Digest, 'digest'>

/** The rows that vouch for a fact: those of its parts, and then its own. */
export function digestsOf(seals: Seals, fact: Fact, at: Date, takenUp = false): NewDigest[] {
  const parts = fact.parts.map((part) => digestsOf(seals, part, at, takenUp))
  const ofParts = parts.flatMap((rows) => rows.at(-1)?.digest ?? [])
  return [...parts.flat(), digestOf(seals, { ...fact, parts: ofParts, takenUp, at })]
}

/** The row that vouches for a fact whose parts have their digests already. */
export function digestOf(seals: Seals, covered: Covered): NewDigest {
  const key = randomFromStock(32)
  const digest = digestUnder(hmac(key), covered)
  const { kind, row, version, takenUp, at } = covered
  return {
    kind,
    row,
    version,
    digest,
    key: seals.seal(key.toString('base64url'), keyPlace(digest)),
    takenUp,
    at,
  }
}

/** Whether a digest is of this. @param parts the digests of its parts */
export function vouchesFor(
  key: Buffer,
  { digest, takenUp, at }: Pick<Digest, 'digest' | 'takenUp' | 'at'>,
  fact: Omit<Fact, 'parts'>,
  parts: readonly string[],
): boolean {
  return digestUnder(hmac(key), { ...fact, parts, takenUp, at }) === digest
}

/** The key of a digest; null where it was erased, 'broken' where it is not the one under which the digest was made, 'lost' where it is sealed with a key that is not at hand. */
export function keyOf(
  seals: Seals,
  { key, digest }: Pick<Digest, 'key' | 'digest'>,
): Buffer | null | 'broken' | 'lost' {
  if (key === null) return null
  try {
    return Buffer.from(seals.open(key, keyPlace(digest)), 'base64url')
  } catch (error) {
    if (error instanceof UnknownKey) return 'lost'
    if (error instanceof BrokenSeal) return 'broken'
    throw error
  }
}

/** A key opens for its own digest alone. */
export function keyPlace(digest: string): SealedPlace {
  return { table: 'digests', column: 'key', row: digest }
}

function digestUnder(under: Hmac, covered: Covered): string {
  return under(text(under, covered))
}

/**
 * The text that a digest is made over. It is handed to whoever sent it in; the key of its row would tell how much came in
 * before, so a mark stands in its place.
 */
export function textUnder(key: Buffer, covered: Covered): string {
  return text(hmac(key), covered)
}

function text(under: Hmac, covered: Covered): string {
  return factText({ ...covered, row: under(covered.row) })
}
