import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { evidencing } from '../../db/evidence/evidencing.ts'
import { openDatabase } from '../../db/open.ts'
import { opensSeals, replaceLostKey } from '../../db/queries/upkeep/seal-check.ts'
import { DatabaseInUse, holdsData } from '../../db/restore.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { copyRows } from '../../db/transfer/copy-rows.ts'
import { openTarget } from '../../db/transfer/open-rows.ts'
import { countAll, type RowTarget } from '../../db/transfer/stored-rows.ts'
import { sqliteFile } from '../../db/url.ts'
import { type Config, readConfig } from '../config.ts'
import { FileStore, fileFolders } from '../documents/files/file-store.ts'
import { readBackupKey } from './backups/backup-key.ts'
import { heads } from './backups/kept-files.ts'
import { openBackup, type StoredBackup } from './backups/stored-backup.ts'
import { CommandError } from './command-error.ts'
import { progressBar } from './progress-bar.ts'
import type { Terminal } from './terminal.ts'

interface RestoreOptions {
  force: boolean
}

/** portal restore DIR: the reverse of backup, with the portal stopped. */
export function restoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('restore <dir>')
    .description(
      '从备份恢复：先核对备份，再动手；请先停止门户，并设好备份时的 SECRET_KEY（和 BACKUP_KEY）。PostgreSQL 须是新建的空数据库',
    )
    .option('--force', '换下已有的 SQLite 数据库（旧的改名留在旁边），密钥不符也恢复', false)
    .action(async (dir: string, { force }: RestoreOptions) => {
      const config = readConfig(terminal.env)
      const key = readBackupKey(terminal.env, config.secretKey)
      const file = sqliteFile(config.databaseUrl)
      if (file && holdsData(file) && !force)
        throw new CommandError(`已有数据库 ${file}；要换下它请加 --force`)
      const backup = await openBackup(dir, key)
      try {
        await prove(backup, terminal)
        await restore(config, backup, force, terminal)
      } finally {
        await backup.rows.close()
      }
      terminal.stdout.write(`已从 ${dir} 恢复，可以启动门户\n`)
    })
}

async function prove(backup: StoredBackup, { stderr }: Terminal): Promise<void> {
  const damaged = await backup.damaged(() => {})
  if (damaged === null)
    stderr.write('这是早先版本的备份，没有清单：数据库本身是完好的，但不能证明其中的内容没有变样\n')
  else if (damaged.length > 0)
    throw new CommandError(`备份已损坏，什么都没有恢复：${damaged.join('、')} 与清单不符`)
}

/** All of it is stored and proved before anything takes its place. */
async function restore(
  config: Config,
  backup: StoredBackup,
  force: boolean,
  terminal: Terminal,
): Promise<void> {
  const target = await openTarget(config.databaseUrl, backup.rows.steps)
  try {
    await copyAll(backup, target, terminal)
    const isKeyLost = !(await opensSeals(target, createSeals(config.secretKey, config.otherKeys)))
    if (isKeyLost && !force)
      throw new CommandError(
        '现在的 SECRET_KEY 不是备份时的那一个，姓名和登录验证都会读不出来；确实没有了再加 --force',
      )
    await restoreFiles(backup, config.dataDir)
    await target.keep()
    await restoreHeads(backup, config.dataDir)
    if (isKeyLost) await replaceKey(config)
  } catch (error) {
    throw error instanceof DatabaseInUse ? new CommandError('门户还在运行，请先停止再恢复') : error
  } finally {
    await target.close()
  }
}

async function copyAll({ rows }: StoredBackup, target: RowTarget, { stderr }: Terminal): Promise<void> {
  const bar = progressBar(stderr, '恢复 {bar} {percentage}%', await countAll(rows))
  try {
    await copyRows(rows, target, (count) => bar.increment(count))
    await target.complete()
  } finally {
    bar.stop()
  }
}

/** Before the database: a row always has its file. */
async function restoreFiles(backup: StoredBackup, dataDir: string): Promise<void> {
  for (const path of backup.files) {
    const [folder, id = ''] = path.split('/')
    const known = fileFolders.find((name) => name === folder)
    if (!known) continue
    const store = new FileStore(dataDir, known)
    await store.keep(await store.receive(Readable.from(backup.content(path))), id)
  }
}

/** Behind the database: a head that is newer would tell of entries that are not there. */
async function restoreHeads(backup: StoredBackup, dataDir: string): Promise<void> {
  for (const head of heads) {
    const file = join(dataDir, head)
    rmSync(file, { force: true })
    if (!backup.files.includes(head)) continue
    writeFileSync(`${file}.new`, await buffer(backup.content(head)), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
}

async function replaceKey({ databaseUrl, secretKey, otherKeys }: Config): Promise<void> {
  const db = await openDatabase({ url: databaseUrl })
  try {
    const seals = createSeals(secretKey, otherKeys)
    await replaceLostKey(evidencing(db, seals), seals, { staffId: null, now: new Date() })
  } finally {
    await db.close()
  }
}
