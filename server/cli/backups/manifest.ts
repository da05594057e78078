import { createHash } from 'node:crypto'
import type { StoredTable, TableSize } from '../../../db/transfer/stored-rows.ts'
import { DamagedBackupFile } from './encryption.ts'

/** What a file of a backup holds, before it is encrypted. */
export interface Measured {
  bytes: number
  sha256: string
}

/** A table is a file of its own: a line of JSON for each row, its values in the order of the columns. */
export interface BackedUpTable extends StoredTable, TableSize, Measured {}

/** A file that lies under DATA_DIR, by its path there. */
export interface BackedUpFile extends Measured {
  path: string
}

/** All that is in a backup. */
export interface Manifest {
  format: 1
  /** Of the portal that made it. */
  version: string
  madeAt: string
  /** The steps by which its tables were made: db/migrations/. */
  steps: string[]
  tables: BackedUpTable[]
  files: BackedUpFile[]
}

export const manifestName = 'manifest.json'

/** Where the rows of a table lie in a backup. */
export const pathOfTable = ({ name }: Pick<StoredTable, 'name'>) => `tables/${name}.ndjson`

/** With its own SHA-256: nothing else tells whether it is whole. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ sha256: hashOf(manifest), manifest }, null, 1)}\n`
}

/** @throws DamagedBackupFile where it is not as it was written, or names what no backup has */
export function readManifest(text: string): Manifest {
  const { sha256, manifest } = parsed(text)
  if (!manifest || hashOf(manifest) !== sha256) throw new DamagedBackupFile()
  const paths = [...manifest.tables.map(pathOfTable), ...manifest.files.map(({ path }) => path)]
  // It may be from anybody, and paths lead to where things are written.
  if (!paths.every((path) => /^(?:\w+\/)?\w[\w.-]*$/.test(path))) throw new DamagedBackupFile()
  return manifest
}

function parsed(text: string): { sha256?: string; manifest?: Manifest } {
  try {
    return Object(JSON.parse(text))
  } catch {
    throw new DamagedBackupFile()
  }
}

function hashOf(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex')
}
