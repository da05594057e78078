import { createHash } from 'node:crypto'

/** An entry of the log as it is hashed. */
export interface ChainedEntry {
  number: number
  at: Date
  staffId: string | null
  act: string
  subject: string
  detail: Record<string, unknown>
}

/** The hash before the first seal. */
export const chainStart = '0'.repeat(64)

/** The hash of a seal: SHA-256 over the hash of the seal before it and over each of its entries. */
export function sealHash(before: string, entries: readonly ChainedEntry[]): string {
  const hash = createHash('sha256').update(before)
  for (const { number, at, staffId, act, subject, detail } of entries) {
    hash.update(canonical([number, at.getTime(), staffId, act, subject, detail]))
  }
  return hash.digest('hex')
}

/** JSON with sorted keys: a database may give them back in another order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
