import pg from 'pg'
import type { AppliedStep, MigrationStep, Pending } from './migration-steps.ts'

/** Nodes that start together wait for one another by this number; nothing else of ours locks by it. */
export const startLock = 7_136_913

/** Applies what is pending in one transaction. */
export async function migratePostgres(url: string, pending: Pending): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    if (pending(await appliedSteps(client)).length === 0) return
    // Taken before the transaction begins: one that waited inside would not see the tables that were made meanwhile.
    await client.query('SELECT pg_advisory_lock($1)', [startLock])
    await client.query('BEGIN')
    for (const step of pending(await appliedSteps(client))) await applyStep(client, step)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

/** The steps that the database has recorded, none where it has no tables. */
export async function appliedSteps(client: pg.ClientBase): Promise<AppliedStep[]> {
  const { rows } = await client.query("SELECT to_regclass('applied_migrations') IS NOT NULL AS known")
  if (!rows[0].known) return []
  return (await client.query<AppliedStep>('SELECT name, hash FROM applied_migrations')).rows
}

/** Within the caller's transaction. */
export async function applyStep(client: pg.ClientBase, { name, hash, sql }: MigrationStep): Promise<void> {
  await client.query(sql)
  await client.query(
    'CREATE TABLE IF NOT EXISTS applied_migrations (name text PRIMARY KEY, hash text NOT NULL)',
  )
  await client.query(
    'INSERT INTO applied_migrations (name, hash) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash',
    [name, hash],
  )
}
