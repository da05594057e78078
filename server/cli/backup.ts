import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { sqliteFile } from '../../db/url.ts'
import { readConfig } from '../config.ts'
import { readBackupKey } from './backups/backup-key.ts'
import type { Manifest } from './backups/manifest.ts'
import { writeBackup } from './backups/written-backup.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'

/** portal backup DIR: everything but the keys, while the portal goes on serving. */
export function backupCommand(program: Command, terminal: Terminal): void {
  program
    .command('backup <dir>')
    .description(
      '备份到一个新文件夹：数据库和上传的文件，附清单；不停机。设了 BACKUP_KEY 的加密。不含 SECRET_KEY，请另行保存',
    )
    .action(async (dir: string) => {
      const config = readConfig(terminal.env)
      const key = readBackupKey(terminal.env, config.secretKey)
      const folder = resolve(dir)
      if (existsSync(folder) && readdirSync(folder).length > 0)
        throw new CommandError(`${dir} 里已有文件，请换一个新文件夹`)
      const file = sqliteFile(config.databaseUrl)
      if (file && !existsSync(file)) throw new CommandError(`没有数据库 ${file}`)
      const manifest = await writeBackup(config, key, folder, terminal)
      terminal.stdout.write(`已备份到 ${dir}：${contentOf(manifest)}。${keysMissing(key)}\n`)
    })
}

function contentOf({ tables, files }: Manifest): string {
  const rows = tables.reduce((sum, { count }) => sum + count, 0)
  const bytes = [...tables, ...files].reduce((sum, part) => sum + part.bytes, 0)
  return `${tables.length} 张表 ${rows} 行、${files.length} 个文件，共 ${(bytes / 1e6).toFixed(1)} MB`
}

function keysMissing(key: Buffer | null): string {
  return key
    ? '已用 BACKUP_KEY 加密；其中没有 SECRET_KEY，两个密钥都请另行保存，少一个就恢复不了'
    : '没有加密（没有设 BACKUP_KEY）；其中没有 SECRET_KEY，没有它就读不出姓名和联系方式，请另行保存'
}
