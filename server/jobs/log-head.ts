import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogHead } from '../../db/queries/log/log-seals.ts'

const fileName = 'log-head.json'

/** Writes the end of the log's chain beside the database, where who can change the database may not reach. */
export function writeLogHead(dataDir: string, head: LogHead): void {
  const file = join(dataDir, fileName)
  writeFileSync(`${file}.new`, `${JSON.stringify(head)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The end of the chain as it was last written; null before the first time. */
export function readLogHead(dataDir: string): LogHead | null {
  try {
    const head: LogHead = JSON.parse(readFileSync(join(dataDir, fileName), 'utf8'))
    return head
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
