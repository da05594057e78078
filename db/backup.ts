import { chmodSync } from 'node:fs'
import { connect } from './sqlite-settings.ts'
import { UnusableDatabase } from './unusable-database.ts'

/** How far a copy has come, in pages of the database. */
interface CopyProgress {
  totalPages: number
  remainingPages: number
}

const pagesAStep = 2000

/**
 * Copies a SQLite database that may be in use: the copy is the database as it was when copying began.
 * @param target where the copy goes; nothing may be there
 * @throws UnusableDatabase where the copy is not sound
 */
export async function copySqlite(
  file: string,
  target: string,
  told: (progress: CopyProgress) => void,
): Promise<void> {
  const source = connect(file, { readonly: true, fileMustExist: true })
  try {
    // Holding one moment of the file: without it each write of the portal starts the copy anew, which then never ends.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    const progress = (now: CopyProgress) => {
      told(now)
      return pagesAStep
    }
    await source.backup(target, { progress })
  } finally {
    source.close()
  }
  chmodSync(target, 0o600)
  assertSound(target)
}

/** @throws UnusableDatabase where SQLite finds the file damaged, or a reference without its row */
export function assertSound(file: string): void {
  const db = connect(file)
  try {
    const verdict = db.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new UnusableDatabase(`数据库已损坏：${verdict}`)
    const broken = db.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) {
      throw new UnusableDatabase(`数据库已损坏：${broken.length} 处引用没有对应的行`)
    }
    db.pragma('journal_mode=delete')
  } finally {
    db.close()
  }
}
