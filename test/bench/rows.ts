import type { PgTable } from 'drizzle-orm/pg-core'
import type { Query, Statement } from '../../db/atomically.ts'
import { dialect } from '../../db/columns.ts'
import { filled } from '../../db/filled.ts'

/**
 * What stores many rows in a table, all with the same columns. A server is given them in one statement; SQLite one that is
 * made once for each, since making the text for a thousand rows takes longer than storing them.
 */
export function rowsInto<Into extends PgTable>(into: Into) {
  const one = filled((tx: Query, row: Into['$inferInsert']) => tx.insert(into).values(row))
  return (tx: Query, rows: Into['$inferInsert'][]): Statement[] => {
    if (dialect === 'sqlite') return rows.map((row) => one(tx, row))
    return rows.length > 0 ? [tx.insert(into).values(rows)] : []
  }
}
