import { pendingIn } from './migration-steps.ts'
import { migratePostgres } from './postgres-migrate.ts'
import { migrateSqlite } from './sqlite-migrate.ts'
import { sqliteFile } from './url.ts'

/**
 * Brings a database's tables up to date, all steps or none. A SQLite file that holds anything is first copied beside
 * itself; on PostgreSQL the steps are one transaction, and backups are the operator's.
 * @param folder holds `migrations/<engine>/` and `triggers-and-search.<engine>.sql`
 * @throws UnusableDatabase where another version made it; Error where a reference would be left without its row
 */
export async function migrate(url: string, folder = import.meta.dirname): Promise<void> {
  const file = sqliteFile(url)
  if (file) return migrateSqlite(file, pendingIn(folder, 'sqlite'))
  return migratePostgres(url, pendingIn(folder, 'postgres'))
}
