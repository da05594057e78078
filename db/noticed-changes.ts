import type { Query, RowsOfEach, Statement } from './atomically.ts'
import type { Database } from './database.ts'

const changing = new WeakSet<object>()

/** Marks the statement by which pages that the public has seen are other than before. */
export function changesPages<Changing extends Statement>(statement: Changing): Changing {
  changing.add(statement)
  return statement
}

/** The same database, which knows when a list of this node last changed what the public sees, or may have. */
export function noticing(db: Omit<Database, 'lastChange'>): Database {
  let last = Number.NEGATIVE_INFINITY
  return {
    ...db,
    lastChange: () => last,
    async atomically<const Statements extends readonly Statement[]>(
      build: (tx: Query) => Statements,
    ): Promise<RowsOfEach<Statements>> {
      let isChange = false
      try {
        return await db.atomically((tx) => {
          const statements = build(tx)
          isChange = statements.some((statement) => changing.has(statement))
          return statements
        })
      } finally {
        // Where the connection broke nobody knows whether it was stored.
        if (isChange) last = performance.now()
      }
    },
  }
}
