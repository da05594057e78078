import { eq } from 'drizzle-orm'
import { type SiteFacts, siteDefaults } from '../../server/rules/site.ts'
import type { Database } from '../open.ts'
import { settings } from '../schema/index.ts'

/** What the administrator has set of the site, over what it starts with. */
export async function siteFacts(db: Database): Promise<SiteFacts> {
  const [row] = await db.query.select().from(settings).where(eq(settings.key, 'site'))
  return { ...siteDefaults, ...row?.value }
}
