import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { namedFiles } from '../../../db/transfer/named-files.ts'
import { openRows } from '../../../db/transfer/open-rows.ts'
import { lineOf, type RowSource, type StoredTable } from '../../../db/transfer/stored-rows.ts'
import packageFile from '../../../package.json' with { type: 'json' }
import type { Config } from '../../config.ts'
import { CommandError } from '../command-error.ts'
import { progressBar } from '../progress-bar.ts'
import type { Terminal } from '../terminal.ts'
import { BackupFolder } from './backup-folder.ts'
import { copyFiles, keptPaths, logHead } from './kept-files.ts'
import { type BackedUpFile, type Manifest, manifestName, manifestText, pathOfTable } from './manifest.ts'

/** Writes a backup beside its place; a folder has its name only once everything is in it. */
export async function writeBackup(
  config: Config,
  key: Buffer | null,
  folder: string,
  terminal: Terminal,
): Promise<Manifest> {
  const unfinished = `${folder}.part`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  try {
    const manifest = await fill(config, new BackupFolder(unfinished, key), terminal)
    for (const part of ['', 'tables', ...new Set(manifest.files.map(({ path }) => dirname(path)))])
      await sync(join(unfinished, part))
    await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder)
    await sync(dirname(folder))
    return manifest
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/**
 * A file is there before its row and goes after it. So files are copied first, and once the moment of the database is
 * held those that came meanwhile: of all that its rows speak of only one that came and went within that time can be missing.
 */
async function fill(
  { dataDir, databaseUrl }: Config,
  backup: BackupFolder,
  terminal: Terminal,
): Promise<Manifest> {
  const head = await copyLogHead(dataDir, backup)
  const before = await copyFiles(dataDir, await keptPaths(dataDir), backup)
  const source = await openRows(databaseUrl)
  try {
    if (source.steps.length === 0) throw new CommandError('数据库里还没有门户的表，没有可备份的')
    const files = await filesOf(source, before, dataDir, backup, terminal)
    const tables = await writeTables(source, backup, terminal)
    const manifest: Manifest = {
      format: 1,
      version: packageFile.version,
      madeAt: new Date().toISOString(),
      steps: source.steps,
      tables,
      files: [...head, ...files],
    }
    await backup.write(manifestName, once(manifestText(manifest)))
    return manifest
  } finally {
    await source.close()
  }
}

async function copyLogHead(dataDir: string, backup: BackupFolder): Promise<BackedUpFile[]> {
  try {
    const head = await readFile(join(dataDir, logHead))
    return [{ path: logHead, ...(await backup.write(logHead, once(head))) }]
  } catch (error) {
    if (Object(error).code === 'ENOENT') return []
    throw error
  }
}

/** Exactly those that the rows speak of: what was erased meanwhile must not lie in a backup. */
async function filesOf(
  source: RowSource,
  before: BackedUpFile[],
  dataDir: string,
  backup: BackupFolder,
  { stderr }: Terminal,
): Promise<BackedUpFile[]> {
  const named = await namedFiles(source)
  const known = new Set(before.map(({ path }) => path))
  const since = await copyFiles(
    dataDir,
    [...named].filter((path) => !known.has(path)),
    backup,
  )
  for (const { path } of before) if (!named.has(path)) await backup.remove(path)
  const files = [...before, ...since].filter(({ path }) => named.has(path))
  const missing = named.size - files.length
  if (missing > 0)
    stderr.write(
      `有 ${missing} 个文件数据库里有记录、DATA_DIR 里却没有，备份里也没有；请运行 portal verify\n`,
    )
  return files
}

async function writeTables(source: RowSource, backup: BackupFolder, { stderr }: Terminal) {
  const bar = progressBar(
    stderr,
    '备份 {bar} {percentage}%',
    source.tables.reduce((rows, { count }) => rows + count, 0),
  )
  try {
    const tables = []
    for (const table of source.tables) {
      const lines = linesOf(source, table, (rows) => bar.increment(rows))
      tables.push({ ...table, ...(await backup.write(pathOfTable(table), lines)) })
    }
    return tables
  } finally {
    bar.stop()
  }
}

async function* linesOf(
  source: RowSource,
  table: StoredTable,
  told: (rows: number) => void,
): AsyncGenerator<Buffer> {
  for await (const rows of source.rows(table)) {
    yield Buffer.from(rows.map(lineOf).join(''))
    told(rows.length)
  }
}

async function* once(content: string | Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(content)
}

async function sync(folder: string): Promise<void> {
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
