import { sql } from 'drizzle-orm'
import { dialect } from '../../db/columns.ts'
import type { Database } from '../../db/database.ts'
import { connect } from '../../db/sqlite-settings.ts'

/**
 * How the engine keeps what it acknowledges, as it says itself.
 * @param file of SQLite, opened as the portal opens it
 * @throws Error where a loss of power could undo an acknowledged commit: its rates would be worth nothing
 */
export async function durability({ query }: Database, file: string | null): Promise<string> {
  if (dialect === 'sqlite') {
    const db = connect(file ?? '')
    const said = db.pragma('synchronous', { simple: true })
    db.close()
    if (said !== 2) throw new Error(`SQLite runs with synchronous=${said}`)
    return 'synchronous=FULL'
  }
  const one = sql`(select 1) as one`
  const setting = (name: string) => sql<string>`current_setting(${name})`
  const [row] = await query
    .select({ fsync: setting('fsync'), commit: setting('synchronous_commit') })
    .from(one)
  if (row?.fsync !== 'on' || row.commit !== 'on') throw new Error('PostgreSQL acknowledges what it may lose')
  return 'fsync=on, synchronous_commit=on'
}
