import { setTimeout as wait } from 'node:timers/promises'
import { NodePgSession } from 'drizzle-orm/node-postgres'
import { PgDatabase, PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { type Query, type RowsOfEach, reasonOf, type Statement, type Written } from './atomically.ts'
import type { Database } from './database.ts'
import { DatabaseError } from './database-error.ts'
import { quiet, withoutValues } from './errors.ts'
import { vacuum } from './postgres-vacuum.ts'
import { Refused } from './refused.ts'

const dialect = new PgDialect()

/** A list that lost a deadlock or a race of serialisation is tried again: the others have gone on by then. */
const worthRetrying = ['40P01', '40001']
const attempts = 5

/** How a node keeps its connections to a server; times in milliseconds, 0 for none. */
export interface PoolSettings {
  size: number
  /** After which a statement is given up. */
  statementTimeout: number
  /** How long a connection is silent before the system asks whether the other end is still there. */
  keepAlive: number
}

const usualPool: PoolSettings = { size: 20, statementTimeout: 0, keepAlive: 30_000 }

/**
 * A database on a server, PostgreSQL or an engine that speaks its protocol.
 * @param url postgres://user:password@host:port/database
 */
export async function openPostgres(
  url: string,
  { size, statementTimeout, keepAlive }: PoolSettings = usualPool,
): Promise<Omit<Database, 'lastChange'>> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'portal',
    // What is sent does not wait for the answers to what was sent before.
    pipeline: true,
    max: size,
    connectionTimeoutMillis: 10_000,
    keepAlive: keepAlive > 0,
    keepAliveInitialDelayMillis: keepAlive,
    statement_timeout: statementTimeout,
    lock_timeout: 5_000,
    // A node that stands still in the middle of a list holds counters for which all others wait.
    idle_in_transaction_session_timeout: 5_000,
  })
  outliveLostConnections(pool)
  await withoutValues(() => assertUtf8(pool))
  let ended: Promise<void> | undefined

  const query = postgresQuery(pool)
  return {
    query,
    slow: query,
    atomically: (build) => retrying(() => withoutValues(() => inTransaction(pool, build))),
    overwriteFreed: () => withoutValues(() => vacuum(pool)),
    close() {
      ended ??= endWhenIdle(pool)
      return ended
    },
  }
}

/** Without listeners a connection that the server closes would end the process; whoever uses it is told anyway. */
function outliveLostConnections(pool: pg.Pool): void {
  const ignore = () => {}
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
}

/** A pool that is ended while somebody waits for a connection leaves them waiting. */
async function endWhenIdle(pool: pg.Pool): Promise<void> {
  while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) await wait(10)
  await pool.end()
}

async function assertUtf8(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ server_encoding: string }>('SHOW server_encoding')
  const encoding = rows[0]?.server_encoding
  if (encoding !== 'UTF8') throw new Error(`the database's encoding is ${encoding}; it must be UTF8`)
}

/** Queries that a pool or one connection runs. */
export function postgresQuery(client: pg.Pool | pg.PoolClient | pg.Client): Query {
  return new PgDatabase<Written>(dialect, new QuietSession(client, dialect, undefined), undefined)
}

const queries = new WeakMap<pg.PoolClient, Query>()

/** The same for the same connection: what is prepared on it is known by it. */
function queryOf(client: pg.PoolClient): Query {
  const query = queries.get(client) ?? postgresQuery(client)
  queries.set(client, query)
  return query
}

class QuietSession extends NodePgSession<Record<string, never>, Record<string, never>> {
  override prepareQuery<Config extends PreparedQueryConfig>(
    ...query: Parameters<typeof NodePgSession.prototype.prepareQuery<Config>>
  ): PgPreparedQuery<Config> {
    return quiet(super.prepareQuery<Config>(...query))
  }
}

async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const again = error instanceof DatabaseError && worthRetrying.includes(error.code) && attempt < attempts
      if (!again) throw error
      await wait(Math.random() * 20 * attempt)
    }
  }
}

async function inTransaction<const Statements extends readonly Statement[]>(
  pool: pg.Pool,
  build: (tx: Query) => Statements,
): Promise<RowsOfEach<Statements>> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const rows = await runInOrder(client, build(queryOf(client)))
    await client.query('COMMIT')
    return rows
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** The whole list goes out at once, and the server works it off in its order: nothing of it is kept before all has been judged. */
async function runInOrder<const Statements extends readonly Statement[]>(
  client: pg.PoolClient,
  statements: Statements,
): Promise<RowsOfEach<Statements>> {
  const begun = client.query('BEGIN')
  const [beginning, ...answers] = await Promise.allSettled([begun, ...statements.map(sent)])
  if (beginning.status === 'rejected') throw beginning.reason
  const results = answers.map((answer, place) => {
    // Those behind it were refused for its sake.
    if (answer.status === 'rejected') throw answer.reason
    const rows = Array.isArray(answer.value) ? answer.value : []
    const why = reasonOf(statements[place] ?? {})
    if (why && rows.length === 0) throw new Refused(why, place)
    return rows
  })
  return results as RowsOfEach<Statements>
}

/** At once: a promise would first wait its turn. */
function sent(statement: Statement): Promise<unknown> {
  return new Promise((resolve, reject) => void statement.then(resolve, reject))
}
