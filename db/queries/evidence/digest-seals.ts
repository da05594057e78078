import { asc, inArray } from 'drizzle-orm'
import { digestSeals, digests } from '../../schema/index.ts'
import type { Chain } from '../log/chain.ts'

/** The digests, which their seals chain: so that none is removed together with its row. Keys may go, and are not hashed. */
export const digestChain: Chain<Omit<typeof digests.$inferSelect, 'key'>> = {
  work: 'digest_seals',
  rows: digests,
  seals: digestSeals,
  read(db, numbers) {
    const { number, kind, row, version, digest, takenUp, at } = digests
    return db.query
      .select({ number, kind, row, version, digest, takenUp, at })
      .from(digests)
      .where(inArray(number, [...numbers]))
      .orderBy(asc(number))
  },
  line: ({ number, kind, row, version, digest, takenUp, at }) => [
    number,
    kind,
    row,
    version,
    digest,
    takenUp,
    at.getTime(),
  ],
  lateNumbers: 20_000,
  recentSeals: 40,
  // One that is written by somebody else vouches for nothing, and one that commits late is sealed later.
  isEveryRowSealed: false,
  wasMarkedFromTheStart: true,
}
