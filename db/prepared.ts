import type { Query } from './atomically.ts'
import type { Database } from './database.ts'

interface Prepared<Row> {
  execute(values?: Record<string, unknown>): Promise<Row[]>
}

/**
 * A statement of a hot path: built once for each database, since building one costs several times what running it does.
 * What changes from call to call is an `sql.placeholder` in the `sql.param` of its column, which
 * encodes it; a default of the schema would be frozen.
 */
export function prepared<Row>(
  name: string,
  build: (query: Query) => { prepare(name: string): Prepared<Row> },
): (db: Pick<Database, 'query'>) => Prepared<Row> {
  const built = new WeakMap<Query, Prepared<Row>>()
  return ({ query }) => {
    const known = built.get(query) ?? build(query).prepare(name)
    built.set(query, known)
    return known
  }
}
