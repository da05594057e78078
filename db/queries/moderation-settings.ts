import type { Reason } from '../../server/rules/moderation/reasons.ts'
import type { Database } from '../open.ts'
import { log, settings } from '../schema/index.ts'

/** Stores the reasons that moderators may give. */
export function saveReasons(db: Database, reasons: Reason[], staffId: string, now: Date): Promise<void> {
  return save(db, 'reasons', { reasons }, { codes: reasons.map(({ code }) => code) }, staffId, now)
}

/** Stores the words that flag a comment. */
export function saveWords(db: Database, words: string[], staffId: string, now: Date): Promise<void> {
  return save(db, 'flagged-words', { words }, { count: words.length }, staffId, now)
}

async function save(
  db: Database,
  key: string,
  value: Record<string, unknown>,
  detail: Record<string, unknown>,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    tx.insert(settings).values({ key, value }).onConflictDoUpdate({ target: settings.key, set: { value } }),
    tx.insert(log).values({ at: now, staffId, act: 'settings.change', subject: key, detail }),
  ])
}
