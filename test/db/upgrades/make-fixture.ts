import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { dialect } from '../../../db/columns.ts'
import { evidencing } from '../../../db/evidence/evidencing.ts'
import { openDatabase } from '../../../db/open.ts'
import { createSeals } from '../../../db/sealing/sealed.ts'
import { sqliteFile } from '../../../db/url.ts'
import packageFile from '../../../package.json' with { type: 'json' }
import { readConfig } from '../../../server/config.ts'
import type { Dependencies } from '../../../server/dependencies.ts'
import { TextThread } from '../../../server/jobs/text-thread.ts'
import { startPostgres } from '../../postgres-server.ts'
import { contentOf } from './content.ts'
import { fill } from './fill.ts'
import { keepFixture } from './fixture.ts'
import { postgresStatements } from './postgres-statements.ts'

/**
 * npm run release:fixture: keeps a database as this version fills it, of the engine that DATABASE_URL names, for the tests
 * of every later one.
 */
const folder = mkdtempSync(join(tmpdir(), 'portal-fixture-'))
const { url, stop } = await databaseToFill()
try {
  await make()
} finally {
  await stop()
  rmSync(folder, { recursive: true, force: true })
}

async function databaseToFill() {
  if (dialect === 'sqlite') return { url: `file:${join(folder, 'portal.db')}`, stop: async () => {} }
  const { address, stop } = await startPostgres()
  const client = new pg.Client({ connectionString: `${address}/postgres` })
  await client.connect()
  await client.query('CREATE DATABASE fixture')
  await client.end()
  return { url: `${address}/fixture`, stop }
}

async function make(): Promise<void> {
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  // With the key of test/build.ts.
  const secretKey = Buffer.alloc(32, 7).toString('base64')
  const config = readConfig({ DATABASE_URL: url, DATA_DIR: dataDir, SECRET_KEY: secretKey })
  const madeAt = new Date()
  const seals = createSeals(config.secretKey)
  const db = evidencing(await openDatabase({ url }), seals)
  const deps: Dependencies = { config, db, seals, texts: new TextThread(), now: () => madeAt }
  const known = await fill(deps)
  const content = await contentOf(db)
  await db.close()
  const empty = Object.entries(content.rows).filter(([, count]) => count === 0)
  if (empty.length > 0) throw new Error(`nothing is in ${empty.map(([table]) => table).join(', ')}`)
  const facts = { madeAt: madeAt.toISOString(), secretKey, ...known, content, dataDir: filesIn(dataDir) }
  keepFixture(packageFile.version, await copyOf(), facts)
}

async function copyOf(): Promise<Buffer> {
  const file = sqliteFile(url)
  if (!file) return Buffer.from(await postgresStatements(url))
  const copy = join(folder, 'copy.db')
  const source = new Sqlite(file)
  source.prepare('VACUUM INTO ?').run(copy)
  source.close()
  return readFileSync(copy)
}

function filesIn(dataDir: string): Record<string, string> {
  const paths = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
  const files = paths.filter((path) => statSync(join(dataDir, path)).isFile())
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(dataDir, path), 'base64')]))
}
