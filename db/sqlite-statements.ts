import type Sqlite from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import type { Job, SentStatement } from './sqlite-posts.ts'
import type { StatementResult } from './sqlite-threads.ts'

/** How many prepared statements a connection keeps. */
export const preparedStatements = 500

/** What runs one statement on this connection, each statement compiled once; rows come as lists of values. */
export function executorOn(db: Sqlite.Database): (statement: SentStatement) => StatementResult {
  const kept = new LRUCache<string, Sqlite.Statement>({ max: preparedStatements })
  const prepared = (sql: string) => {
    const known = kept.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    if (statement.reader) statement.raw(true)
    kept.set(sql, statement)
    return statement
  }
  return ({ sql, params }) => {
    const statement = prepared(sql)
    if (!statement.reader) return { rows: [], rowCount: statement.run(...params).changes }
    const rows = statement.all(...params) as unknown[][]
    return { rows, rowCount: rows.length }
  }
}

/** What a job is told of an error: errors themselves do not cross from thread to thread whole. */
export function failure({ id }: Pick<Job, 'id'>, error: unknown) {
  const { code = 'SQLITE_ERROR', message } = error as { code?: string; message: string }
  return { id, error: { code, message } }
}
