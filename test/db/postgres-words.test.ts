import { getTableName } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tablesOfWords } from '../../db/postgres-vacuum.ts'
import { sources } from '../../db/queries/retractions/office-sources.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let fresh: TestDatabase
let client: pg.Client
beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

test('wherever words of the office are hidden, what they leave is overwritten, and no samples are kept of them', async () => {
  const { rows } = await client.query<{ place: string }>(
    `SELECT relname || '.' || attname AS place FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE attstattarget = 0 AND attnum > 0`,
  )
  const unsampled = new Set(rows.map(({ place }) => place))
  for (const { table, columns } of sources) {
    const name = getTableName(table)
    expect(tablesOfWords).toContain(name)
    const sampled = Object.values(columns).filter((column) => !unsampled.has(`${name}.${column.name}`))
    expect(sampled.map((column) => `${name}.${column.name}`)).toEqual([])
  }
})
