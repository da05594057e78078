import type Sqlite from 'better-sqlite3'
import type { BatchItem } from 'drizzle-orm/batch'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import {
  type PreparedQueryConfig,
  type RemoteCallback,
  type RemotePreparedQuery,
  SQLiteRemoteSession,
  SqliteRemoteDatabase,
} from 'drizzle-orm/sqlite-proxy'
import { LRUCache } from 'lru-cache'
import { type Query, type RowsOfEach, reasonOf, type Statement } from './atomically.ts'
import type { Database } from './database.ts'
import { quiet, withoutValues } from './errors.ts'
import { Refused } from './refused.ts'
import { connect } from './sqlite-settings.ts'
import { preparedStatements } from './sqlite-statements.ts'
import { startReader, startWriter, type Thread } from './sqlite-threads.ts'

const dialect = new SQLiteAsyncDialect()

/**
 * A database in one file: reads run on a connection of this thread, writes go to the one thread that writes, and slow
 * reads to one that is started when they first come.
 * @param onFatal told when a thread dies
 */
export async function openSqlite(
  file: string,
  onFatal: (error: Error) => void,
): Promise<Omit<Database, 'lastChange'>> {
  const writer = await startWriter(file, onFatal)
  const reader = connect(file, { readonly: true })
  const query = sqliteQuery(route(reader, writer))
  let slowReader: Promise<Thread> | undefined
  const startedReader = () => {
    slowReader ??= startReader(file, onFatal)
    return slowReader
  }

  return {
    query,
    slow: sqliteQuery(async (sql, params) => runAlone(await startedReader(), sql, params)),
    atomically: (build) => withoutValues(async () => runAsOneJob(writer, build(query))),
    overwriteFreed: () => withoutValues(() => writer.overwriteFreed()),
    async close() {
      reader.close()
      await Promise.all([writer.close(), slowReader?.then((thread) => thread.close())])
    },
  }
}

/** Queries whose statements a callback runs. */
export function sqliteQuery(callback: RemoteCallback): Query {
  const session = new QuietSession(callback, dialect, undefined)
  return new SqliteRemoteDatabase('async', dialect, session, undefined) as unknown as Query
}

class QuietSession extends SQLiteRemoteSession<Record<string, never>, Record<string, never>> {
  override prepareQuery<Config extends PreparedQueryConfig>(
    ...query: Parameters<typeof SQLiteRemoteSession.prototype.prepareQuery<Config>>
  ): RemotePreparedQuery<Config> {
    return quiet(super.prepareQuery<Config>(...query))
  }
}

/** Sends what only reads to the reader, and everything else to the writer. */
function route(reader: Sqlite.Database, writer: Thread): RemoteCallback {
  const statements = new LRUCache<string, Sqlite.Statement>({ max: preparedStatements })

  return async (sql, params) => {
    const statement = statements.get(sql) ?? reader.prepare(sql)
    statements.set(sql, statement)
    if (statement.readonly) return { rows: statement.raw().all(...params) }
    return runAlone(writer, sql, params)
  }
}

async function runAlone(thread: Thread, sql: string, params: unknown[]) {
  const result = await thread.run([{ sql, params, must: false }])
  return 'results' in result && result.results[0] ? result.results[0] : { rows: [] }
}

async function runAsOneJob<const Statements extends readonly Statement[]>(
  writer: Thread,
  statements: Statements,
): Promise<RowsOfEach<Statements>> {
  const reasons = statements.map(reasonOf)
  const session = new SQLiteRemoteSession(onlyBatches, dialect, undefined, async (steps) => {
    const result = await writer.run(
      steps.map(({ sql, params }, place) => ({ sql, params, must: Boolean(reasons[place]) })),
    )
    if ('refused' in result) throw new Refused(reasons[result.refused] ?? 'gone', result.refused)
    return result.results
  })
  const results = await session.batch(statements as unknown as BatchItem<'sqlite'>[])
  return results.map((result) => (Array.isArray(result) ? result : [])) as RowsOfEach<Statements>
}

const onlyBatches: RemoteCallback = () =>
  Promise.reject(new Error('a statement of a list was awaited by itself'))
