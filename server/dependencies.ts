import type { Database } from '../db/database.ts'
import type { Seals } from '../db/sealing/sealed.ts'
import type { Config } from './config.ts'
import type { TextThread } from './jobs/text-thread.ts'

/** What every workspace is given; nothing is global, so a test builds as many portals as it likes. */
export interface Dependencies {
  config: Config
  db: Database
  seals: Seals
  /** Works on what somebody sent, apart from the thread that serves. */
  texts: TextThread
  now: () => Date
}
