import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { connect } from './sqlite-settings.ts'

/** Some process has the database open: it would go on writing to a file that is no longer there. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse'
}

export function holdsData(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0
}

interface Places {
  copy: string
  file: string
  kept: string
}

/**
 * Puts `copy` where the database lies. What lay there is kept beside it under `kept`.
 * @throws DatabaseInUse with everything left as it was
 */
export function putInPlace({ copy, file, kept }: Places): void {
  if (existsSync(file)) {
    assertUnused(file)
    renameSync(file, kept)
  }
  // The log of another file would be replayed into this one.
  for (const companion of ['-wal', '-shm']) {
    if (existsSync(file + companion)) renameSync(file + companion, kept + companion)
  }
  renameSync(copy, file)
}

/** Only who has a database alone can take it out of WAL mode; that also empties its log. */
function assertUnused(file: string): void {
  let db: Sqlite.Database | undefined
  try {
    db = connect(file)
    db.pragma('journal_mode=delete')
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : ''
    if (code.startsWith('SQLITE_BUSY')) throw new DatabaseInUse()
    // A damaged database is what restoring is for.
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test(code)) throw error
  } finally {
    db?.close()
  }
}

/** Removes an unfinished copy with its log. */
export function removeCopy(copy: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(copy + part, { force: true })
}
