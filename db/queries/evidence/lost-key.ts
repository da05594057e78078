import { eq } from 'drizzle-orm'
import { logFact } from '../../../server/rules/evidence/office-facts.ts'
import type { Database } from '../../database.ts'
import { log } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { digestsOfRows } from './digests.ts'
import { wrongWith } from './problems.ts'

/** Whether an operator said, with the key that is used now, that the one before is lost: what it sealed opens no more. */
export async function isKeyLost(db: Database, seals: Seals): Promise<boolean> {
  const entries = await db.query.select().from(log).where(eq(log.act, 'keys.replace_lost'))
  const digests = await digestsOfRows(
    db,
    entries.flatMap(({ id }) => id ?? []),
  )
  return entries.some((entry) => {
    const digest = digests('log', entry.id ?? '').at(-1)
    return digest !== undefined && wrongWith(seals, digest, logFact(entry)) === null
  })
}
