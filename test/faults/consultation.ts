import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { seedSlug } from '../../server/seed.ts'

/** Moves the deadline of the draft that is out; both engines keep it in milliseconds or with them. */
export async function closeAt(databaseUrl: string, moment: Date): Promise<void> {
  if (databaseUrl.startsWith('postgres')) return closeOnServer(databaseUrl, moment)
  const db = new Sqlite(databaseUrl.slice('file:'.length))
  db.prepare('UPDATE consultations SET closes_at = ?, revision = revision + 1 WHERE slug = ?').run(
    moment.getTime(),
    seedSlug,
  )
  db.close()
}

async function closeOnServer(connectionString: string, moment: Date): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('UPDATE consultations SET closes_at = $1, revision = revision + 1 WHERE slug = $2', [
    moment,
    seedSlug,
  ])
  await client.end()
}
