import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { copySqlite } from '../../db/backup.ts'
import { sqliteFile } from '../../db/url.ts'
import { type Config, readConfig } from '../config.ts'
import { CommandError } from './command-error.ts'
import { copyLogHead, copyUploads } from './kept-files.ts'
import { progressBar } from './progress-bar.ts'
import type { Terminal } from './terminal.ts'

/** The database's name in a backup. */
export const backupDatabase = 'portal.db'

/** portal backup DIR: everything but the secret key, while the portal goes on serving. */
export function backupCommand(program: Command, terminal: Terminal): void {
  program
    .command('backup <dir>')
    .description('备份到一个新文件夹：数据库和上传的文件；不停机。不含 SECRET_KEY，请另行保存')
    .action(async (dir: string) => {
      const config = readConfig(terminal.env)
      const folder = resolve(dir)
      if (existsSync(folder) && readdirSync(folder).length > 0)
        throw new CommandError(`${dir} 里已有文件，请换一个新文件夹`)
      await backUp(config, databaseOf(config), folder, terminal)
      terminal.stdout.write(
        `已备份到 ${dir}。其中没有 SECRET_KEY，没有它就读不出姓名和联系方式，请另行保存\n`,
      )
    })
}

function databaseOf({ databaseUrl }: Config): string {
  const file = sqliteFile(databaseUrl)
  if (!file) throw new CommandError('PostgreSQL 请用 pg_dump 备份数据库，并另行备份 DATA_DIR')
  if (!existsSync(file)) throw new CommandError(`没有数据库 ${file}`)
  return file
}

/** A folder has its name only once everything is in it. */
async function backUp({ dataDir }: Config, database: string, folder: string, { stderr }: Terminal) {
  const unfinished = `${folder}.part`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const bar = progressBar(stderr, '备份 {bar} {percentage}%', 0)
  try {
    copyLogHead(dataDir, unfinished)
    await copySqlite(database, join(unfinished, backupDatabase), ({ totalPages, remainingPages }) => {
      bar.setTotal(totalPages)
      bar.update(totalPages - remainingPages)
    })
    copyUploads(dataDir, unfinished)
    rmSync(folder, { recursive: true, force: true })
    renameSync(unfinished, folder)
  } finally {
    bar.stop()
    rmSync(unfinished, { recursive: true, force: true })
  }
}
