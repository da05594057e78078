import { LRUCache } from 'lru-cache'
import type { Database } from './database.ts'

/** In milliseconds: so long what was read goes on being right on the other nodes when one of them has changed it. */
export const rightFor = 100

const mostKeys = 1_000

/**
 * The same reading of what the public sees, which hundreds ask for in a second: what was read in the last tenth of a second
 * is given again, unless this node has changed something that the public sees since.
 */
export function lately<Value>(
  read: (db: Database, key: string) => Promise<Value>,
): (db: Database, key: string) => Promise<Value> {
  const readings = new WeakMap<Database, LRUCache<string, { at: number; value: Value }>>()
  return async (db, key) => {
    const known = readings.get(db) ?? new LRUCache({ max: mostKeys })
    readings.set(db, known)
    const last = known.get(key)
    const at = performance.now()
    if (last && at - last.at <= rightFor && last.at > db.lastChange()) return last.value
    const value = await read(db, key)
    known.set(key, { at, value })
    return value
  }
}
