import type { Query, RowsOfEach, Statement } from '../../db/atomically.ts'
import type { Database } from '../../db/database.ts'
import { stillHeld } from '../../db/queries/upkeep/leases.ts'
import { Refused } from '../../db/refused.ts'
import { type Lease, LeaseLost } from './lease.ts'

const writes: readonly PropertyKey[] = ['insert', 'update', 'delete'] satisfies (keyof Query)[]

/**
 * The database for work that one node does for all: each list that is written holds the lease and checks its number, so
 * that a node which was frozen while another went on writes nothing any more. Lists alone are written: a write by
 * itself would go past the check, and is refused with an error.
 */
export function fenced(db: Database, lease: Lease): Database {
  return {
    ...db,
    query: onlyReading(db.query),
    async atomically<const Statements extends readonly Statement[]>(build: (tx: Query) => Statements) {
      const held = await lease.hold()
      try {
        // Last, so that the places of the others stay what they are, and the lease is kept from others for a moment only.
        const rows: unknown[][] = await db.atomically((tx) => [...build(tx), stillHeld(tx, held)])
        return rows.slice(0, -1) as RowsOfEach<Statements>
      } catch (error) {
        throw error instanceof Refused && error.why === 'lost' ? new LeaseLost() : error
      }
    },
  }
}

function onlyReading(query: Query): Query {
  return new Proxy(query, {
    get(target, name) {
      if (writes.includes(name))
        throw new Error(`${String(name)} by itself goes past the lease; write a list`)
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
