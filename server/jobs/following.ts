import { pressingFaults } from '../../db/queries/faults.ts'
import type { Dependencies } from '../dependencies.ts'
import { restAfter } from '../rules/upkeep/faults.ts'
import { Abandoned } from './abandoned.ts'
import { fenced } from './fenced-database.ts'
import { kindsOfWork } from './kinds.ts'
import { Lease } from './lease.ts'
import type { Teller } from './teller.ts'
import { doWork, type KindOfWork } from './work.ts'

const term = 10_000
/** How long it rests, in milliseconds, where nothing waits; and where another node had the lease last, and looks first. */
const rests = { here: 500, elsewhere: 2_000 }

/**
 * Follows what comes in, off the requests' path. Of several nodes one does it, whichever has the lease.
 * @returns what stops it, after the step under way; what is made of texts is abandoned
 */
export function follow(deps: Dependencies, teller: Teller): () => Promise<void> {
  const step = follower(deps, teller)
  let isStopped = false
  let wake = () => {}
  const work = async () => {
    while (!isStopped) {
      const rest = await step()
      if (rest === 0) continue
      if (isStopped) return
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, rest).unref()
      })
    }
  }
  const working = work()
  return async () => {
    isStopped = true
    wake()
    await deps.texts.close()
    await working
  }
}

/** One node that follows. @returns its next step, which answers how long to rest after it */
export function follower(deps: Dependencies, teller: Teller): () => Promise<number> {
  const lease = new Lease(deps.db, 'following', term, deps.now)
  const own = { ...deps, db: fenced(deps.db, lease) }
  const kinds = kindsOfWork()
  let failures = 0
  return async () => {
    try {
      const isMore = (await lease.look()) && (await followOnce(own, teller, kinds))
      failures = 0
      if (isMore) return 0
      return lease.wasOurs ? rests.here : rests.elsewhere
    } catch (err) {
      if (err instanceof Abandoned) return rests.elsewhere
      teller.error({ err }, 'following failed')
      failures += 1
      return restAfter(failures, 'work')
    }
  }
}

/**
 * One step of following: a batch of each kind of work.
 * @returns whether more is waiting already
 */
export async function followOnce(
  deps: Dependencies,
  teller: Teller,
  kinds: readonly KindOfWork[] = kindsOfWork(),
): Promise<boolean> {
  const faults = await pressingFaults(deps.db, deps.now())
  let isMore = false
  let unmarkable: unknown = null
  for (const kind of kinds) {
    const marked = faults.filter(({ work }) => work === kind.name)
    try {
      isMore = (await doWork(deps, kind, marked, teller)) || isMore
    } catch (error) {
      if (error instanceof Abandoned) throw error
      // Others may be able to work where not even a mark could be stored: the sweep frees a full disk.
      unmarkable = error
    }
  }
  if (unmarkable !== null) throw unmarkable
  return isMore
}
