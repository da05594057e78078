import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { StringDecoder } from 'node:string_decoder'
import { openLaidAside } from '../../../db/transfer/open-rows.ts'
import { type Row, type RowSource, together } from '../../../db/transfer/stored-rows.ts'
import { CommandError } from '../command-error.ts'
import { BackupFolder, encryptedEnding } from './backup-folder.ts'
import { DamagedBackupFile, OtherBackupKey } from './encryption.ts'
import { heads, keptPaths } from './kept-files.ts'
import { type Manifest, manifestName, pathOfTable, readManifest } from './manifest.ts'

/** A backup that can be restored. */
export interface StoredBackup {
  rows: RowSource
  /** The files of DATA_DIR, by their paths. */
  files: string[]
  content(path: string): AsyncIterable<Buffer>
  /** What differs from the manifest, by name; null where there is no manifest, in a backup of an early version. */
  damaged(told: (bytes: number) => void): Promise<string[]> | null
}

/** @throws CommandError where it is none, or does not open with this key */
export async function openBackup(dir: string, key: Buffer | null): Promise<StoredBackup> {
  if (existsSync(join(dir, manifestName))) return withManifest(new BackupFolder(dir, null))
  if (existsSync(join(dir, manifestName + encryptedEnding))) {
    if (!key) throw new CommandError('这个备份是加密的，请把 BACKUP_KEY 设为备份时的那一个')
    return withManifest(new BackupFolder(dir, key))
  }
  if (!existsSync(join(dir, earlyDatabase))) throw new CommandError(`${dir} 不是门户的备份`)
  return withoutManifest(dir)
}

async function withManifest(folder: BackupFolder): Promise<StoredBackup> {
  const { steps, tables, files } = await manifestOf(folder)
  const measures = new Map(files.map((file) => [file.path, file]))
  const tableOf = new Map(tables.map((table) => [table.name, table]))
  const content = (path: string) => folder.proved(path, measures.get(path) ?? { bytes: 0, sha256: '' })
  return {
    rows: {
      steps,
      tables,
      rows: ({ name }) =>
        rowsIn(folder.proved(pathOfTable({ name }), tableOf.get(name) ?? { bytes: 0, sha256: '' })),
      size: async ({ name }) => tableOf.get(name) ?? { count: 0, sequence: null },
      close: async () => {},
    },
    files: files.map(({ path }) => path),
    content,
    async damaged(told) {
      const parts = [
        ...tables.map((table) => ({ ...table, path: pathOfTable(table), said: `表 ${table.name}` })),
        ...files.map((file) => ({ ...file, said: `文件 ${file.path}` })),
      ]
      const damaged: string[] = []
      for (const { path, said, ...part } of parts) {
        if (!(await isWhole(folder.proved(path, part), told))) damaged.push(said)
      }
      return damaged
    },
  }
}

async function manifestOf(folder: BackupFolder): Promise<Manifest> {
  try {
    return readManifest((await buffer(folder.read(manifestName))).toString())
  } catch (error) {
    if (error instanceof OtherBackupKey)
      throw new CommandError('BACKUP_KEY 不是这个备份所用的那一个，什么都没有恢复')
    if (error instanceof DamagedBackupFile)
      throw new CommandError(`备份已损坏，什么都没有恢复：清单 ${manifestName}`)
    throw error
  }
}

async function isWhole(content: AsyncIterable<Buffer>, told: (bytes: number) => void): Promise<boolean> {
  try {
    for await (const chunk of content) told(chunk.length)
    return true
  } catch (error) {
    const isMissing = Object(error).code === 'ENOENT'
    if (isMissing || error instanceof DamagedBackupFile || error instanceof OtherBackupKey) return false
    throw error
  }
}

async function* rowsIn(content: AsyncIterable<Buffer>): AsyncGenerator<Row[]> {
  const decoder = new StringDecoder('utf8')
  let held = ''
  let rows: Row[] = []
  for await (const chunk of content) {
    const lines = (held + decoder.write(chunk)).split('\n')
    held = lines.pop() ?? ''
    for (const line of lines) rows.push(JSON.parse(line))
    if (rows.length < together) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

/** The database of a backup from before there were manifests. */
const earlyDatabase = 'portal.db'

async function withoutManifest(dir: string): Promise<StoredBackup> {
  return {
    rows: openLaidAside(join(dir, earlyDatabase)),
    files: [...heads.filter((head) => existsSync(join(dir, head))), ...(await keptPaths(dir))],
    content: (path) => createReadStream(join(dir, path)),
    damaged: () => null,
  }
}
