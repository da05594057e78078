import { setTimeout } from 'node:timers/promises'
import type { Dependencies } from '../../server/dependencies.ts'
import { grouping } from '../../server/jobs/campaigns.ts'
import { clauseWordCounting } from '../../server/jobs/clause-words.ts'
import { examining } from '../../server/jobs/examinations.ts'
import { staffIndexing } from '../../server/jobs/staff-search.ts'
import { leafTaking } from '../../server/jobs/transparency.ts'

/** What follows submissions: finder, grouping, index, words, leaves. */
const following = [examining, grouping, staffIndexing, clauseWordCounting, leafTaking]
const patience = 300_000

/** How many seconds the portal takes until nothing waits of what follows what came in; infinite where it takes minutes. */
export async function secondsToCatchUp(deps: Dependencies): Promise<number> {
  const began = performance.now()
  while (performance.now() - began < patience) {
    if (await isCaughtUp(deps)) return (performance.now() - began) / 1000
    await setTimeout(500)
  }
  return Number.POSITIVE_INFINITY
}

async function isCaughtUp(deps: Dependencies): Promise<boolean> {
  for (const kind of following) {
    const waiting = await kind.waiting(deps, 1)
    if (waiting.length > 0) return false
  }
  return true
}
