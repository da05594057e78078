import { readConfig } from '../config.ts'
import type { Dependencies } from '../dependencies.ts'
import { openPortal } from '../open-portal.ts'
import type { Terminal } from './terminal.ts'

/** Runs one piece of work with the portal's database open, and closes it whatever happens. */
export async function withPortal<Result>(
  { env }: Terminal,
  work: (deps: Dependencies) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(env)
  // An operator waits for a command; a citizen does not wait for a page.
  const deps = await openPortal({ ...config, pool: { ...config.pool, statementTimeout: 0 } })
  try {
    return await work(deps)
  } finally {
    await deps.db.close()
  }
}
