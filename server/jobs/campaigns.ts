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

const batch = 200
/** A comment may commit after one with a higher number; so far back it is looked for. */
const late = 200

/**
 * Groups comments that are the same or nearly so, as they come in.
 * @param from the number up to which all have been compared before; 0 at first
 * @returns that number now
 */
export async function groupAlike(deps: Dependencies, from: number): Promise<number> {
  let place = Math.max(0, from - late)
  for (;;) {
    const found = await commentsAfter(deps.db, place, batch)
    const before = await comparedBefore(
      deps.db,
      found.map(({ id }) => id),
    )
    for (const comment of found) if (!before.has(comment.id)) await compare(deps, comment)
    place = found.at(-1)?.number ?? place
    if (found.length < batch) return Math.max(from, place)
  }
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
