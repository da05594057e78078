import { randomBytes } from 'node:crypto'
import type { Seals } from '../../db/sealing/sealed.ts'
import { inGroups, readBase32, toBase32 } from '../rules/receipts/base32.ts'

const howMany = 10
/** 50 bits: with the limits on signing in, far beyond guessing. */
const characters = 10
const group = 5

/** Ten new codes, `7K3M9-QXD4T`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: howMany }, () => inGroups(toBase32(randomBytes(8)).slice(0, characters), group))
}

/** The hash under which a code lies, however it was typed; null where it cannot be a code. */
export function recoveryHash(seals: Seals, staffId: string, typed: string): string | null {
  const code = readBase32(typed, characters)
  return code === null ? null : seals.hash('recovery code', `${staffId}\0${code}`)
}

/** The hashes of codes as they were made. */
export function recoveryHashes(seals: Seals, staffId: string, codes: string[]): string[] {
  return codes.flatMap((code) => recoveryHash(seals, staffId, code) ?? [])
}
