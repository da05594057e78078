import type { SiteFacts } from '../../server/rules/site.ts'
import type { Act } from '../act.ts'
import type { Database } from '../open.ts'
import { log, settings } from '../schema/index.ts'

/** Saves what the whole site says of itself; cached pages are keyed by it and follow at once. */
export async function saveSiteFacts(db: Database, facts: SiteFacts, { staffId, now }: Act): Promise<void> {
  const value = { ...facts }
  await db.atomically((tx) => [
    tx
      .insert(settings)
      .values({ key: 'site', value })
      .onConflictDoUpdate({ target: settings.key, set: { value } }),
    tx.insert(log).values({ at: now, staffId, act: 'site.facts', subject: 'site', detail: {} }),
  ])
}
