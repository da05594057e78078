import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { DatabaseInUse } from '../../db/restore.ts'
import { copyRows } from '../../db/transfer/copy-rows.ts'
import { openAlone, openTarget } from '../../db/transfer/open-rows.ts'
import { countAll, type RowSource } from '../../db/transfer/stored-rows.ts'
import { sqliteFile } from '../../db/url.ts'
import { readConfig } from '../config.ts'
import { CommandError } from './command-error.ts'
import { progressBar } from './progress-bar.ts'
import type { Terminal } from './terminal.ts'

/** portal move --to postgres://…: from the embedded database to a server, with the portal stopped. */
export function moveCommand(program: Command, terminal: Terminal): void {
  program
    .command('move')
    .description(
      '把 SQLite 数据库搬到一个空的 PostgreSQL 数据库，逐表核对；请先停止门户。原来的数据库不动，DATA_DIR 照旧用',
    )
    .requiredOption('--to <url>', 'postgres://用户@主机:端口/数据库；密码可放在环境变量 PGPASSWORD 里')
    .action(async ({ to }: { to: string }) => {
      const file = sqliteFile(readConfig(terminal.env).databaseUrl)
      if (!file) throw new CommandError('move 只从 SQLite 搬出；现在的 DATABASE_URL 已经是 PostgreSQL')
      if (!existsSync(file)) throw new CommandError(`没有数据库 ${file}`)
      if (!/^postgres(ql)?:\/\//.test(to) || !URL.canParse(to))
        throw new CommandError('--to 应是 postgres://用户:密码@主机:端口/数据库')
      const source = opened(file)
      try {
        const rows = await move(source, to, terminal)
        terminal.stdout.write(
          `已搬到 PostgreSQL：${source.tables.length} 张表 ${rows} 行，逐表核对一致；${file} 没有改动。请把 DATABASE_URL 改为新的地址，运行 portal verify，再启动门户\n`,
        )
      } finally {
        await source.close()
      }
    })
}

/** Held to the end: a portal that serves is noticed, and none can start before everything has been moved. */
function opened(file: string): RowSource {
  try {
    return openAlone(file)
  } catch (error) {
    throw error instanceof DatabaseInUse ? new CommandError('门户还在运行，请先停止再搬') : error
  }
}

async function move(source: RowSource, to: string, { stderr }: Terminal): Promise<number> {
  if (source.steps.length === 0) throw new CommandError('数据库里还没有门户的表，没有可搬的')
  const rows = await countAll(source)
  const bar = progressBar(stderr, '搬移 {bar} {percentage}%', rows)
  const target = await openTarget(to, source.steps)
  try {
    await copyRows(source, target, (count) => bar.increment(count))
    await target.complete()
    await target.keep()
    return rows
  } finally {
    bar.stop()
    await target.close()
  }
}
