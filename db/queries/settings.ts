import { eq, sql } from 'drizzle-orm'
import { type RetentionTerms, retentionDefaults } from '../../server/rules/consultations/retentions.ts'
import type { ActName } from '../../server/rules/log/act-names.ts'
import { defaultGrace } from '../../server/rules/moderation/grace.ts'
import { defaultReasons, isReason, type Reason } from '../../server/rules/moderation/reasons.ts'
import { type SiteFacts, siteDefaults } from '../../server/rules/site.ts'
import { type Act, logAct } from '../act.ts'
import type { Database } from '../database.ts'
import { lately } from '../lately.ts'
import { changesPages } from '../noticed-changes.ts'
import { prepared } from '../prepared.ts'
import { settings } from '../schema/index.ts'

const site = prepared('site_facts', (query) => query.select().from(settings).where(eq(settings.key, 'site')))
const lateFacts = lately(async (db): Promise<SiteFacts> => {
  const [row] = await site(db).execute()
  return { ...siteDefaults, ...row?.value }
})

/** What the administrator has set of the site, over what it starts with. */
export function siteFacts(db: Database): Promise<SiteFacts> {
  return lateFacts(db, 'site')
}

/** Saves what the whole site says of itself; cached pages are keyed by it and follow at once. */
export function saveSiteFacts(db: Database, facts: SiteFacts, act: Act): Promise<void> {
  return save(db, 'site', { ...facts }, 'site.facts', {}, act)
}

/** For how many days what says who sent a comment, and what the law wants a record of, is kept. */
export async function retentionTerms(db: Database): Promise<RetentionTerms> {
  return { ...retentionDefaults, ...(await stored(db, 'retention')) }
}

/** Stores these terms; a day that has been promised stays. */
export function saveRetentionTerms(db: Database, terms: RetentionTerms, act: Act): Promise<void> {
  return save(db, 'retention', { ...terms }, 'site.retention', { ...terms }, act)
}

/** The reasons that a moderator may give, in the order in which they are offered. */
export async function currentReasons(db: Database): Promise<Reason[]> {
  const { reasons } = await stored(db, 'reasons')
  return Array.isArray(reasons) ? reasons.filter(isReason) : [...defaultReasons]
}

/** Stores the reasons that moderators may give. */
export function saveReasons(db: Database, reasons: Reason[], act: Act): Promise<void> {
  const codes = reasons.map(({ code }) => code)
  return save(db, 'reasons', { reasons }, 'settings.change', { codes }, act)
}

/** The words that flag a comment to the moderator; they never refuse it. */
export async function flaggedWords(db: Database): Promise<string[]> {
  const { words } = await stored(db, 'flagged-words')
  return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : []
}

/** Stores the words that flag a comment. */
export function saveWords(db: Database, words: string[], act: Act): Promise<void> {
  return save(db, 'flagged-words', { words }, 'settings.change', { count: words.length }, act)
}

/** For how many seconds a decision can be taken back before it takes effect; 0: it takes effect at once. */
export async function gracePeriod(db: Database): Promise<number> {
  const { seconds } = await stored(db, graceKey)
  return typeof seconds === 'number' ? seconds : defaultGrace
}

/** Stores for how long decisions can be taken back. */
export function saveGrace(db: Database, seconds: number, act: Act): Promise<void> {
  return save(db, graceKey, { seconds }, 'settings.change', { seconds }, act)
}

export const graceKey = 'grace'

/** Whether this database was filled as a demonstration: only there may anybody enter without a password. */
export async function isDemonstration(db: Database): Promise<boolean> {
  const { filled } = await stored(db, 'demonstration')
  return filled === true
}

/** Says for good that what is in this database was made up. */
export async function markDemonstration(db: Database): Promise<void> {
  await db.query.insert(settings).values({ key: 'demonstration', value: { filled: true } })
}

const setting = prepared('setting', (query) =>
  query
    .select()
    .from(settings)
    .where(eq(settings.key, sql.param(sql.placeholder('key'), settings.key))),
)

async function stored(db: Database, key: string): Promise<Record<string, unknown>> {
  const [row] = await setting(db).execute({ key })
  return row?.value ?? {}
}

async function save(
  db: Database,
  key: string,
  value: Record<string, unknown>,
  act: ActName,
  detail: Record<string, unknown>,
  { staffId, now }: Act,
): Promise<void> {
  await db.atomically((tx) => [
    changesPages(
      tx.insert(settings).values({ key, value }).onConflictDoUpdate({ target: settings.key, set: { value } }),
    ),
    logAct(tx, { staffId, now }, act, key, detail),
  ])
}
