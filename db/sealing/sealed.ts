import { hmac } from './hmac.ts'
import { algorithm, type SealingKey, sealingKey } from './sealing-key.ts'

/** Where a sealed value lies; it opens nowhere else. */
export interface SealedPlace {
  table: string
  column: string
  /** The id of its row. */
  row: string
}

/** What the database keeps of its keys, each part sealed with the one that is its key now. */
export interface KeyRing {
  /** Any text: whoever opens it has the key. */
  sealed: string
  /** The key of keyed hashes; absent where it is still derived from the key itself. */
  hashing?: string
  /** The key before; absent where nothing is sealed with it any more. */
  older?: string
}

export interface Seals {
  /** The key with which values are sealed now. */
  readonly key: SealingKey
  /** The key before, while something may still be sealed with it. */
  readonly older: SealingKey | null
  /** The ring from which these keys were taken; null where the database has not been asked. */
  readonly ring: KeyRing | null
  /** Encrypts `text` for one place. What is stored goes through `atomicallySealed`. */
  seal(text: string, place: SealedPlace): string
  /** @throws BrokenSeal where `sealed` was changed, moved from another place or sealed with a key that is not at hand. */
  open(sealed: string, place: SealedPlace): string
  /** A keyed hash by which a secret is looked up without being stored; each `purpose` hashes differently. */
  hash(purpose: string, value: string): string
  /** The key of this id, if it is at hand. */
  find(id: string): SealingKey | null
  /** Goes over to the database's key. @returns false, and nothing changes, where that is not at hand */
  take(ring: KeyRing): boolean
  /** The ring of a database whose key becomes `next`: hashes stay as they are, and what is sealed still opens. */
  turnedTo(next: SealingKey): KeyRing
}

/** A sealed value that cannot be opened here. */
export class BrokenSeal extends Error {
  override name = 'BrokenSeal'

  constructor({ table, column, row }: SealedPlace) {
    super(`the seal of ${table}.${column} of ${row} is broken`)
  }
}

/** It is whole, and sealed with a key that this node does not have. */
export class UnknownKey extends BrokenSeal {}

/** What names no key but this is from before seals named theirs. */
const unnamed = '1'

const partOfRing = (part: string): SealedPlace => ({ table: 'settings', column: 'value', row: part })
/** The row by which the database knows its keys. */
export const checkPlace = partOfRing('secret-key')
const hashingPlace = partOfRing('secret-key hashing')
const olderPlace = partOfRing('secret-key older')

/** The ring of a database that has had no other key. */
export function firstRing({ seal }: Pick<Seals, 'seal'>): KeyRing {
  return { sealed: seal(checkPlace.row, checkPlace) }
}

/**
 * Seals personal data, and hashes what is looked up, with keys derived from the portal's secrets.
 * @param secretKey at least 32 random bytes
 * @param others the secrets that are at hand besides; asked again where a key is met that is not known, since it may have
 * come meanwhile
 */
export function createSeals(secretKey: Buffer, others: () => readonly Buffer[] = () => []): Seals {
  const known = new Map<string, SealingKey>()
  const learn = (secret: Buffer): SealingKey => {
    const key = sealingKey(secret)
    known.set(key.id, key)
    return key
  }
  let key = learn(secretKey)
  let { hashing } = key
  let hashed = hmac(hashing)
  let older: SealingKey | null = null
  let ring: KeyRing | null = null

  const find = (id: string): SealingKey | null => {
    if (!known.has(id)) for (const secret of others()) learn(secret)
    return known.get(id) ?? null
  }

  const opened = (sealed: string, place: SealedPlace): { text: string; by: SealingKey } => {
    const [name, id = '', body = ''] = sealed.split('.')
    if (name !== algorithm) throw new BrokenSeal(place)
    const found = find(id)
    for (const by of id === unnamed ? known.values() : found ? [found] : []) {
      const text = by.open(body, address(place))
      if (text !== null) return { text, by }
    }
    throw found || id === unnamed ? new BrokenSeal(place) : new UnknownKey(place)
  }
  const open = (sealed: string, place: SealedPlace) => opened(sealed, place).text
  const secretIn = (sealed: string, place: SealedPlace) => Buffer.from(open(sealed, place), 'base64')

  return {
    get key() {
      return key
    },
    get older() {
      return older
    },
    get ring() {
      return ring
    },
    seal: (text, place) => key.seal(text, address(place)),
    open,
    find,
    hash: (purpose, value) => hashed(`${purpose}\0${value}`),

    take(stored) {
      try {
        const { by } = opened(stored.sealed, checkPlace)
        const kept = stored.hashing === undefined ? by.hashing : secretIn(stored.hashing, hashingPlace)
        older = stored.older === undefined ? null : learn(secretIn(stored.older, olderPlace))
        key = by
        hashing = kept
        hashed = hmac(kept)
        ring = stored
        return true
      } catch (error) {
        if (error instanceof BrokenSeal) return false
        throw error
      }
    },

    turnedTo: (next) => ({
      sealed: next.seal(checkPlace.row, address(checkPlace)),
      hashing: next.seal(hashing.toString('base64'), address(hashingPlace)),
      older: next.seal(key.secret.toString('base64'), address(olderPlace)),
    }),
  }
}

function address({ table, column, row }: SealedPlace): string {
  return `${table}|${column}|${row}`
}
