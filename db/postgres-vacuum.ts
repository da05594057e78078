import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

/** How long, in milliseconds, reads under way are waited for; one that takes longer is a paper in the making. */
const patience = 5_000
const lookEvery = 50

/**
 * Removes what deleted and changed rows leave in every table, and the words that only they had from the search indexes:
 * vacuum never takes a word out of one, so it is built anew, beside the one that is used meanwhile.
 * @returns false where a read that began earlier still sees some of it
 */
export async function vacuum(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  try {
    if (!(await noneReadsEarlier(client))) return false
    // Each takes as long as it takes, and waits for no lock that a page would wait for too.
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0')
    for (const table of await namesOf(client, 'r')) await client.query(`VACUUM ${table}`)
    for (const index of await namesOf(client, 'i')) await rebuild(client, index)
    return true
  } finally {
    client.release(true)
  }
}

async function noneReadsEarlier(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ now: string }>(
    'SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text AS now',
  )
  for (let waited = 0; waited < patience; waited += lookEvery) {
    const earlier = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend' AND age(backend_xmin) > age($1::xid) LIMIT 1`,
      [rows[0]?.now],
    )
    if (earlier.rows.length === 0) return true
    await wait(lookEvery)
  }
  return false
}

/** The portal's tables (r), or the indexes (i) that hold words. */
async function namesOf(client: pg.PoolClient, kind: 'r' | 'i'): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class LEFT JOIN pg_am ON pg_am.oid = relam
     WHERE relnamespace = 'public'::regnamespace AND relkind = $1 AND ($1 = 'r' OR amname = 'gin')
     ORDER BY relname`,
    [kind],
  )
  return rows.map(({ name }) => name)
}

/** One that was interrupted leaves its unfinished index behind, which is rebuilt with the others otherwise. */
async function rebuild(client: pg.PoolClient, index: string): Promise<void> {
  if (/_ccnew\d*"?$/.test(index)) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`)
  else await client.query(`REINDEX INDEX CONCURRENTLY ${index}`)
}
