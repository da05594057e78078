import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { MigrationStep, Pending } from './migration-steps.ts'
import { migratePostgres } from './postgres-migrate.ts'
import { migrateSqlite } from './sqlite-migrate.ts'
import { UnusableDatabase } from './unusable-database.ts'
import { sqliteFile } from './url.ts'

/**
 * Brings a database's tables up to date, all steps or none. A SQLite file that holds anything is first copied beside
 * itself; on PostgreSQL the steps are one transaction, and backups are the operator's.
 * @param folder holds `migrations/<engine>/` and `triggers-and-search.<engine>.sql`
 * @throws UnusableDatabase where another version made it; Error where a reference would be left without its row
 */
export async function migrate(url: string, folder = import.meta.dirname): Promise<void> {
  const file = sqliteFile(url)
  if (file) return migrateSqlite(file, stepsIn(folder, 'sqlite'))
  return migratePostgres(url, stepsIn(folder, 'postgres'))
}

function stepsIn(folder: string, engine: 'sqlite' | 'postgres'): Pending {
  const migrations = readMigrationFiles({ migrationsFolder: join(folder, 'migrations', engine) }).map(
    ({ folderMillis, hash, sql }): MigrationStep => ({
      name: String(folderMillis),
      hash,
      sql: sql.join('\n'),
    }),
  )
  const last = afterEveryMigration(join(folder, `triggers-and-search.${engine}.sql`))

  return (applied) => {
    assertKnown(applied, [...migrations, last])
    const missing = migrations.filter(({ hash }) => !applied.some((step) => step.hash === hash))
    const current = missing.length === 0 && applied.some(({ hash }) => hash === last.hash)
    return current ? [] : [...missing, last]
  }
}

/** A migration that rebuilds a table drops its triggers; this file makes them anew, so it may run any number of times. */
function afterEveryMigration(file: string): MigrationStep {
  const sql = readFileSync(file, 'utf8')
  return { name: 'triggers-and-search', hash: createHash('sha256').update(sql).digest('hex'), sql }
}

function assertKnown(applied: Pick<MigrationStep, 'name' | 'hash'>[], steps: MigrationStep[]): void {
  const stranger = applied.find(
    ({ name, hash }) => !steps.some((step) => step.hash === hash || name === 'triggers-and-search'),
  )
  if (stranger)
    throw new UnusableDatabase('这个数据库由另一版本的门户建立，未作改动；请用那个版本的程序，或换一个数据库')
}
