import { type Texted, uncompared, uncomparedTexts } from '../../db/queries/campaigns/grouping.ts'
import { unreadPassages, unreadTexts } from '../../db/queries/campaigns/passages.ts'
import { forgetComparison } from '../../db/queries/campaigns/regrouping.ts'
import { askedAhead } from './asked-ahead.ts'
import { Grouping } from './grouping.ts'
import { withinBudget } from './text-thread.ts'
import type { Fingerprint } from './text-work.ts'
import type { KindOfWork } from './work.ts'

/**
 * Groups comments that are the same or nearly so, or have a letter in common. What was stored when a node dies stays right:
 * the rest is found again. What an older version compared, without passages, comes before what is new.
 */
export const grouping: KindOfWork = {
  name: 'campaigns',
  batch: 200,
  async waiting({ db }, most) {
    const older = await unreadPassages(db, most)
    return older.length > 0 ? older : uncompared(db, most)
  },
  async work(deps, ids) {
    const older = await unreadTexts(deps.db, ids)
    const found = await uncomparedTexts(deps.db, ids)
    // All of them first: what is found alike must not join a campaign that the next one dissolves.
    for (const { id, version } of found) if (version > 1) await forgetComparison(deps.db, id)
    const batch = new Grouping(deps)
    const fingerprintOf = ({ body }: Texted) => withinBudget(deps.texts.ask('fingerprint', body), nothing)
    for await (const [comment, { passages }] of askedAhead(older, fingerprintOf))
      await batch.compareOlder(comment, passages)
    for await (const [comment, fingerprint] of askedAhead(found, fingerprintOf))
      await batch.compare(comment, fingerprint)
    await batch.store()
  },
}

const nothing: Fingerprint = { bands: [], passages: new Int32Array() }
