import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import pg from 'pg'
import { dialect } from '../../../db/columns.ts'
import { sqliteFile } from '../../../db/url.ts'
import type { Content } from './content.ts'
import type { MadePaper } from './papers.ts'

/** What has to be known of a database to find everything in it again. */
export interface Facts {
  /** When it was filled: the clock of whoever opens it. */
  madeAt: string
  /** In base64. */
  secretKey: string
  staff: { name: string; role: string; password: string; totpSecret: string }[]
  receipts: { number: string; code: string }[]
  papers: MadePaper[]
  content: Content
  /** DATA_DIR: each file's path there, and its bytes in base64. */
  dataDir: Record<string, string>
}

const folder = join(import.meta.dirname, '../../fixtures/upgrades')
const databaseEndings = { postgres: 'postgres.sql.br', sqlite: 'sqlite.db.br' }
const databaseEnding = databaseEndings[dialect]

/** The versions of which there is a database of this engine, the oldest first. */
export function fixtureVersions(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(databaseEnding))
    .map((name) => name.slice(0, -databaseEnding.length - 1))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

/**
 * Keeps a version's database.
 * @param database a SQLite file, or the statements that make the same on an empty PostgreSQL
 * @throws Error where there is one already: what a version has left behind does not change any more
 */
export function keepFixture(version: string, database: Buffer, facts: Facts): void {
  mkdirSync(folder, { recursive: true })
  const keep = (ending: string, content: Buffer | string) =>
    writeFileSync(join(folder, `${version}.${ending}`), brotliCompressSync(content), { flag: 'wx' })
  keep(databaseEnding, database)
  keep(`${dialect}.json.br`, JSON.stringify(facts))
}

/**
 * Puts a version's database of the address's engine where none is yet, and its files into a folder.
 * @param url of a database without a table
 */
export async function loadFixture(version: string, url: string, dataDir: string): Promise<Facts> {
  const facts = await loadDatabase(version, url)
  writeFiles(facts, dataDir)
  return facts
}

/** The same without the files. */
export async function loadDatabase(version: string, url: string): Promise<Facts> {
  const file = sqliteFile(url)
  const engine = file ? 'sqlite' : 'postgres'
  const database = readCompressed(`${version}.${databaseEndings[engine]}`)
  if (file) writeFileSync(file, database)
  else await runStatements(url, database.toString())
  return JSON.parse(readCompressed(`${version}.${engine}.json.br`).toString())
}

/** Puts a version's files into a folder. */
export function writeFiles(facts: Facts, dataDir: string): void {
  for (const [path, content] of Object.entries(facts.dataDir)) {
    mkdirSync(dirname(join(dataDir, path)), { recursive: true })
    writeFileSync(join(dataDir, path), Buffer.from(content, 'base64'))
  }
}

function readCompressed(name: string): Buffer {
  return brotliDecompressSync(readFileSync(join(folder, name)))
}

async function runStatements(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}
