import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sqliteFile } from './url.ts'

/** The name under which a copy from before this moment is kept beside a database; it ends in `.backup`. */
export function earlierCopy(file: string, now: Date): string {
  return `${file}.${now.toISOString().replaceAll(':', '-')}.backup`
}

/**
 * Removes the copies that migrating and restoring have left beside a SQLite database: they hold what has since gone.
 * @returns their names
 */
export function removeEarlierCopies(url: string): string[] {
  const file = sqliteFile(url)
  if (!file) return []
  const folder = dirname(file)
  const copies = readdirSync(folder).filter(
    (name) => name.startsWith(`${basename(file)}.`) && /\.backup(-wal|-shm)?$/.test(name),
  )
  for (const name of copies) rmSync(join(folder, name))
  return copies
}
