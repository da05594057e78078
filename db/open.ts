import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { noticing } from './noticed-changes.ts'
import { openPostgres, type PoolSettings } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import { sqliteFile } from './url.ts'

interface OpenOptions {
  /** `file:` and a path, or `postgres://…` */
  url: string
  /** Told when the database is lost for good; by default the process ends. */
  onFatal?: (error: Error) => void
  /** For a server. */
  pool?: PoolSettings
}

/**
 * Opens the portal's database, after bringing its tables up to date.
 * @throws Error saying what is wrong, before anything is served
 */
export async function openDatabase({ url, onFatal = rethrow, pool }: OpenOptions): Promise<Database> {
  await migrate(url)
  const file = sqliteFile(url)
  return noticing(await (file ? openSqlite(file, onFatal) : openPostgres(url, pool)))
}

function rethrow(error: Error): never {
  throw error
}
