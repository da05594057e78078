import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { assertSound } from '../../db/backup.ts'
import { earlierCopy } from '../../db/earlier-copies.ts'
import { openDatabase } from '../../db/open.ts'
import { opensSeals, replaceLostKey } from '../../db/queries/upkeep/seal-check.ts'
import { DatabaseInUse, holdsData, putInPlace, removeCopy } from '../../db/restore.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { sqliteFile } from '../../db/url.ts'
import { type Config, readConfig } from '../config.ts'
import { backupDatabase } from './backup.ts'
import { CommandError } from './command-error.ts'
import { copyLogHead, copyUploads } from './kept-files.ts'
import type { Terminal } from './terminal.ts'

interface RestoreOptions {
  force: boolean
}

/** portal restore DIR: the reverse of backup, with the portal stopped. */
export function restoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('restore <dir>')
    .description('从备份恢复；请先停止门户，并设好备份时的 SECRET_KEY')
    .option('--force', '换下已有的数据库（旧的改名留在旁边），密钥不符也恢复', false)
    .action(async (dir: string, { force }: RestoreOptions) => {
      const config = readConfig(terminal.env)
      const file = sqliteFile(config.databaseUrl)
      if (!file) throw new CommandError('PostgreSQL 请用 pg_restore 恢复数据库，并另行恢复 DATA_DIR')
      if (!existsSync(join(dir, backupDatabase))) throw new CommandError(`${dir} 不是门户的备份`)
      if (holdsData(file) && !force) throw new CommandError(`已有数据库 ${file}；要换下它请加 --force`)
      await restore(config, dir, file, force)
      terminal.stdout.write(`已从 ${dir} 恢复，可以启动门户\n`)
    })
}

/** The copy is proved and brought up to date beside the database; only then does it take its place. */
async function restore(config: Config, dir: string, file: string, force: boolean): Promise<void> {
  const copy = `${file}.restoring`
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  removeCopy(copy)
  try {
    copyFileSync(join(dir, backupDatabase), copy)
    chmodSync(copy, 0o600)
    assertSound(copy)
    await proveKey(copy, config, force)
    putInPlace({ copy, file, kept: earlierCopy(file, new Date()) })
  } catch (error) {
    removeCopy(copy)
    throw error instanceof DatabaseInUse ? new CommandError('门户还在运行，请先停止再恢复') : error
  }
  copyUploads(dir, config.dataDir)
  copyLogHead(dir, config.dataDir)
}

async function proveKey(copy: string, { secretKey, otherKeys }: Config, force: boolean): Promise<void> {
  const db = await openDatabase({ url: `file:${copy}` })
  const seals = createSeals(secretKey, otherKeys)
  try {
    if (await opensSeals(db, seals)) return
    if (!force)
      throw new CommandError(
        '现在的 SECRET_KEY 不是备份时的那一个，姓名和登录验证都会读不出来；确实没有了再加 --force',
      )
    await replaceLostKey(db, seals, { staffId: null, now: new Date() })
  } finally {
    await db.close()
  }
}
