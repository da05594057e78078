import { eq } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { settings } from '../schema/index.ts'

/** The words that flag a comment to the moderator; they never refuse it. */
export async function flaggedWords(db: Database): Promise<string[]> {
  const [row] = await db.query.select().from(settings).where(eq(settings.key, 'flagged-words'))
  const { words } = row?.value ?? {}
  return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : []
}
