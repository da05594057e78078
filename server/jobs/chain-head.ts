import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Head } from '../../db/queries/log/chain.ts'

/** The files that hold the ends of the chains. */
export const headFiles = { log: 'log-head.json', digests: 'digest-head.json' } as const

type Chained = keyof typeof headFiles

/** Writes the end of a chain beside the database, where who can change the database may not reach. */
export function writeHead(dataDir: string, of: Chained, head: Head): void {
  const file = join(dataDir, headFiles[of])
  writeFileSync(`${file}.new`, `${JSON.stringify(head)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The end of a chain as it was last written; null before the first time. */
export function readHead(dataDir: string, of: Chained): Head | null {
  try {
    const head: StoredHead = JSON.parse(readFileSync(join(dataDir, headFiles[of]), 'utf8'))
    return { ...head, at: head.at ? new Date(head.at) : null, mark: head.mark ?? null }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** One that an earlier version wrote has neither time nor mark. */
interface StoredHead {
  count: number
  hash: string
  at?: string
  mark?: string | null
}
