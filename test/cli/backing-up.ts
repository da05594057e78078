import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import type { Config } from '../../server/config.ts'
import { emptyDatabase } from '../database.ts'
import { everyTable } from '../every-row.ts'
import { portalCommand } from './portal-command.ts'

/** Where a portal has its data, as the environment of a command says it. */
export interface Place {
  DATABASE_URL: string
  DATA_DIR: string
}

export const placeOf = ({ databaseUrl, dataDir }: Config): Place => ({
  DATABASE_URL: databaseUrl,
  DATA_DIR: dataDir,
})

export function anEmptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An empty folder and, on a server, a database without a table. */
export async function anEmptyPlace(): Promise<Place> {
  const { url, remove } = await emptyDatabase()
  onTestFinished(remove)
  return { DATABASE_URL: url, DATA_DIR: anEmptyFolder() }
}

/** The folder of a backup that is made now, with what the command answered. */
export async function aBackup(of: Place, env: { SECRET_KEY?: string; BACKUP_KEY?: string } = {}) {
  const dir = join(anEmptyFolder(), 'backup')
  return { dir, ...(await portalCommand(['backup', dir], { ...of, ...env })) }
}

/** What portal verify says of a place. */
export const verified = (place: Place) => portalCommand(['verify'], place)
export const nothingWrong = { code: 0, out: '核对无误\n', said: '' }

export async function openedAt({ DATABASE_URL }: Place): Promise<Database> {
  const db = await openDatabase({ url: DATABASE_URL })
  onTestFinished(() => db.close())
  return db
}

/** All rows of all tables, in no order that one engine alone has. */
export async function everything(db: Database): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for await (const { name, rows } of everyTable(db))
    found[name] = rows.map((row) => JSON.stringify(row)).sort()
  return found
}
