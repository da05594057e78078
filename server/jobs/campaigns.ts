import {
  commentsAfter,
  comparedBefore,
  joinCampaign,
  keepBands,
  sharingABand,
  type Texted,
} from '../../db/queries/campaigns.ts'
import type { Dependencies } from '../dependencies.ts'
import { alike, bandsOf, jaccard, letters, shingles } from '../text/fingerprints.ts'

const batch = 500
/** A comment may commit after one with a higher number; so far back it is looked for. */
const late = 200

/** How far comparing has come: up to which number all have been compared, and whether more wait behind it. */
export interface Compared {
  number: number
  more: boolean
}

/**
 * Groups comments that are the same or nearly so, a batch at a time.
 * @param from the number up to which all have been compared before; 0 at first
 */
export async function groupAlike(deps: Dependencies, from: number): Promise<Compared> {
  const found = await commentsAfter(deps.db, Math.max(0, from - late), batch)
  const before = await comparedBefore(
    deps.db,
    found.map(({ id }) => id),
  )
  for (const comment of found) if (!before.has(comment.id)) await compare(deps, comment)
  return { number: Math.max(from, found.at(-1)?.number ?? 0), more: found.length === batch }
}

/** Joins the campaign whose representative is most alike, or stands alone with its fingerprint. */
async function compare({ db, now }: Dependencies, comment: Texted): Promise<void> {
  const runs = shingles(comment.body)
  const bands = bandsOf(runs)
  const [best] = (await sharingABand(db, comment.consultationId, bands))
    .map((other) => ({ other, similarity: jaccard(runs, shingles(other.body)) }))
    .sort((a, b) => b.similarity - a.similarity)
  if (!best || best.similarity < alike) return keepBands(db, comment, bands)
  const identical = letters(comment.body).join('') === letters(best.other.body).join('')
  await joinCampaign(db, comment, best.other, { similarity: best.similarity, identical }, now())
}
