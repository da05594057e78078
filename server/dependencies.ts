import type { Database } from '../db/database.ts'
import type { Seals } from '../db/sealed.ts'
import type { Config } from './config.ts'

/** What every workspace is given; nothing is global, so a test builds as many portals as it likes. */
export interface Dependencies {
  config: Config
  db: Database
  seals: Seals
  now: () => Date
}
