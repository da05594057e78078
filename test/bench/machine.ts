import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { sql } from 'drizzle-orm'
import { dialect } from '../../db/columns.ts'
import type { Database } from '../../db/database.ts'
import { hasWrk } from './wrk.ts'

/** On what figures were measured: without it they cannot be told from others. */
export async function machine(db: Database) {
  const said = (command: string, ...words: string[]) =>
    execFileSync(command, words, { encoding: 'utf8' }).trim()
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    engine: `${dialect} ${await versionOf(db)}`,
    generator: hasWrk ? 'wrk' : 'JavaScript',
    commit:
      said('git', 'rev-parse', '--short', 'HEAD') + (said('git', 'status', '--porcelain') ? ' and more' : ''),
  }
}

async function versionOf({ query }: Database): Promise<string> {
  const version = dialect === 'postgres' ? sql`current_setting('server_version')` : sql`sqlite_version()`
  const [row] = await query.select({ version: sql<string>`${version}` }).from(sql`(select 1) as one`)
  return row?.version ?? 'unknown'
}
