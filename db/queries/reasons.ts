import { eq } from 'drizzle-orm'
import { defaultReasons, isReason, type Reason } from '../../server/rules/moderation/reasons.ts'
import type { Database } from '../open.ts'
import { settings } from '../schema/index.ts'

/** The reasons that a moderator may give, in the order in which they are offered. */
export async function currentReasons(db: Database): Promise<Reason[]> {
  const [row] = await db.query.select().from(settings).where(eq(settings.key, 'reasons'))
  const { reasons } = row?.value ?? {}
  return Array.isArray(reasons) ? reasons.filter(isReason) : [...defaultReasons]
}
