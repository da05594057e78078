import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { countAll, lineOf, type RowSource, type StoredTable } from '../../../db/transfer/stored-rows.ts'
import packageFile from '../../../package.json' with { type: 'json' }
import type { Config } from '../../config.ts'
import { CommandError } from '../command-error.ts'
import { progressBar } from '../progress-bar.ts'
import type { Terminal } from '../terminal.ts'
import { BackupFolder } from './backup-folder.ts'
import { copyFiles, heads } from './kept-files.ts'
import { type BackedUpTable, type Manifest, manifestName, manifestText, pathOfTable } from './manifest.ts'
import { holdMoment } from './one-moment.ts'

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

async function fill(config: Config, backup: BackupFolder, terminal: Terminal): Promise<Manifest> {
  const ends = await copyFiles(config.dataDir, heads, backup)
  const { source, files, lost } = await holdMoment(config, backup)
  try {
    if (source.steps.length === 0) throw new CommandError('数据库里还没有门户的表，没有可备份的')
    if (lost > 0)
      terminal.stderr.write(
        `有 ${lost} 个文件数据库里有记录、DATA_DIR 里却没有，备份里也没有；请运行 portal verify\n`,
      )
    const manifest: Manifest = {
      format: 1,
      version: packageFile.version,
      madeAt: new Date().toISOString(),
      steps: source.steps,
      tables: await writeTables(source, backup, terminal),
      files: [...ends, ...files],
    }
    await backup.write(manifestName, once(manifestText(manifest)))
    return manifest
  } finally {
    await source.close()
  }
}

async function writeTables(
  source: RowSource,
  backup: BackupFolder,
  { stderr }: Terminal,
): Promise<BackedUpTable[]> {
  const bar = progressBar(stderr, '备份 {bar} {percentage}%', await countAll(source))
  try {
    const tables: BackedUpTable[] = []
    for (const table of source.tables) {
      const lines = linesOf(source, table, (rows) => bar.increment(rows))
      const measures = await backup.write(pathOfTable(table), lines)
      tables.push({ ...table, ...(await source.size(table)), ...measures })
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
