import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { staff } from '../../db/schema/index.ts'
import { assertSettings, assertVersion, pragmas } from '../../db/sqlite-settings.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aMember } from './staff-member.ts'

let fresh: TestDatabase
beforeEach(async () => {
  fresh = await freshDatabase()
  await fresh.db.query.insert(staff).values(aMember('1'))
})
afterEach(() => fresh.drop())

const settings = {
  journal: sql`(select * from pragma_journal_mode)`,
  synchronous: sql`(select * from pragma_synchronous)`,
  foreignKeys: sql`(select * from pragma_foreign_keys)`,
  timeout: sql`(select * from pragma_busy_timeout)`,
  trusted: sql`(select * from pragma_trusted_schema)`,
  secureDelete: sql`(select * from pragma_secure_delete)`,
}
const safe = { journal: 'wal', synchronous: 2, foreignKeys: 1, timeout: 5000, trusted: 0, secureDelete: 1 }

test('the reader and the writer of a file that is in WAL mode already are set to lose nothing', async () => {
  const { db } = fresh
  expect(await db.query.select(settings).from(staff)).toEqual([safe])
  const [, written] = await db.atomically((tx) => [
    tx.update(staff).set({ name: 'x' }),
    tx.select(settings).from(staff),
  ])
  expect(written).toEqual([safe])
})

test.each(pragmas)('a connection whose %s is not %s is refused', (name) => {
  const actual = new Map<string, unknown>(pragmas)
  expect(() => assertSettings(actual)).not.toThrow()
  expect(() => assertSettings(actual.set(name, 'other'))).toThrow(`SQLite left ${name} at other`)
})

test.each(['3.51.2', '3.50.9', '2.99.99', '3.7'])('SQLite %s is refused', (version) => {
  expect(() => assertVersion(version)).toThrow(`SQLite ${version} is too old: 3.51.3 is needed`)
})

test.each(['3.51.3', '3.51.10', '3.52', '3.52.0', '4.0.0'])('SQLite %s is taken', (version) => {
  expect(() => assertVersion(version)).not.toThrow()
})
