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
  return JSON.stringify(inOrder(value))
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map(inOrder)
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(parts.map(([name, part]) => [name, inOrder(part)]))
}
