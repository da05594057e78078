import { openDatabase } from '../../db/open.ts'
import { createSeals } from '../../db/sealed.ts'
import { readConfig } from '../config.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Terminal } from './terminal.ts'

/** Runs one piece of work with the portal's database open, and closes it whatever happens. */
export async function withPortal<Result>(
  { env }: Terminal,
  work: (deps: Dependencies) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(env)
  const db = await openDatabase({ url: config.databaseUrl })
  try {
    return await work({ config, db, seals: createSeals(config.secretKey), now: () => new Date() })
  } finally {
    await db.close()
  }
}
