import { eq } from 'drizzle-orm'
import { type SiteFacts, siteDefaults } from '../../server/rules/site.ts'
import type { Database } from '../open.ts'
import { prepared } from '../prepared.ts'
import { settings } from '../schema/index.ts'

const site = prepared('site_facts', (query) => query.select().from(settings).where(eq(settings.key, 'site')))

/** What the administrator has set of the site, over what it starts with. */
export async function siteFacts(db: Database): Promise<SiteFacts> {
  const [row] = await site(db).execute()
  return { ...siteDefaults, ...row?.value }
}
