import { createHash } from 'node:crypto'

/** The hash before the first seal. */
export const chainStart = '0'.repeat(64)

/** The hash of a seal: SHA-256 over the hash of the seal before it and over what is hashed of each of its rows. */
export function sealHash(before: string, lines: readonly unknown[][]): string {
  const hash = createHash('sha256').update(before)
  for (const line of lines) hash.update(canonical(line))
  return hash.digest('hex')
}

/** JSON with sorted keys: a database may give them back in another order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
