import { setTimeout as wait } from 'node:timers/promises'
import { getTableName } from 'drizzle-orm'
import pg from 'pg'
import * as schema from './schema/index.ts'

/** The tables in which words of people stand, or what was made of them, and those of the office in which it repeats them. */
export const tablesOfWords = [
  schema.comments,
  schema.versions,
  schema.originals,
  schema.examinations,
  schema.submissions,
  schema.attachments,
  schema.intakes,
  schema.intakeListEntries,
  schema.confirmations,
  schema.appeals,
  schema.decisions,
  schema.votes,
  schema.reopenings,
  schema.campaignMembers,
  schema.fingerprintBands,
  schema.passages,
  schema.clauseWords,
  schema.jobs,
  schema.responses,
  schema.answerCorrections,
  schema.departmentReplies,
  schema.departmentRequests,
  schema.cosignatures,
  schema.responseTemplates,
  schema.revisedWordings,
  schema.concerns,
  schema.findings,
  schema.materials,
  schema.procedureSteps,
  schema.outcomeDrafts,
  schema.officeVersions,
  schema.outcomes,
  schema.outcomeRows,
  schema.consultations,
  schema.extensions,
  schema.corrections,
  schema.changeReasons,
  schema.rounds,
  schema.units,
  schema.retractions,
  schema.retractedTexts,
].map((table) => getTableName(table))
const searchTables = ['public_search', 'staff_search']

/** In bytes: writing a table anew keeps everybody from it for about a second at this size. */
const largest = 64 * 1024 * 1024

/** How long, in milliseconds, reads under way are waited for; one that takes longer is a paper in the making. */
const patience = 5_000
const lookEvery = 50

/**
 * Overwrites what deleted and changed rows leave in the tables that hold words. Vacuum alone leaves their bytes in the
 * free room of a page, and words in an index; so tables are written anew. Those that are too large for that are vacuumed
 * and their indexes of words built anew, beside the ones that are used meanwhile.
 * @returns false where a read that began earlier still sees some of it
 */
export async function vacuum(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  try {
    if (!(await noneReadsEarlier(client))) return false
    await client.query('SET statement_timeout = 0')
    let isDone = true
    for (const table of [...tablesOfWords, ...searchTables]) {
      const isSmall = (await sizeOf(client, table)) <= largest
      isDone = (await (isSmall ? rewrite(client, table) : clean(client, table))) && isDone
    }
    return isDone
  } finally {
    client.release(true)
  }
}

/**
 * Nor writes, in whatever database of the server: what such a transaction may still ask for is kept in all of them, since
 * whoever begins meanwhile goes by the oldest that is under way.
 */
async function noneReadsEarlier(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ now: string }>(
    'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS now',
  )
  for (let waited = 0; waited < patience; waited += lookEvery) {
    const earlier = await client.query(
      `SELECT 1 WHERE pg_snapshot_xmin(pg_current_snapshot()) < $1::xid8 OR EXISTS (
         SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND backend_type = 'client backend' AND age(backend_xmin) > age($1::xid8::xid))`,
      [rows[0]?.now],
    )
    if (earlier.rows.length === 0) return true
    await wait(lookEvery)
  }
  return false
}

async function sizeOf(client: pg.PoolClient, table: string): Promise<number> {
  const { rows } = await client.query<{ size: string }>(
    'SELECT pg_total_relation_size($1::regclass) AS size',
    [table],
  )
  return Number(rows[0]?.size)
}

/** Whoever comes while it waits for the table waits behind it: so it waits for a moment only. */
async function rewrite(client: pg.PoolClient, table: string): Promise<boolean> {
  await client.query("SET lock_timeout = '500ms'")
  try {
    await client.query(`VACUUM (FULL) ${table}`)
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === lockNotAvailable) return false
    throw error
  }
}

const lockNotAvailable = '55P03'

/** None of this keeps anybody waiting, so it may itself wait. */
async function clean(client: pg.PoolClient, table: string): Promise<boolean> {
  await client.query('SET lock_timeout = 0')
  await client.query(`VACUUM ${table}`)
  if (!searchTables.includes(table)) return true
  const index = `${table}_words`
  // What an interruption has left of an earlier time.
  await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}_ccnew`)
  await client.query(`REINDEX INDEX CONCURRENTLY ${index}`)
  return true
}
