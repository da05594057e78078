import { randomUUID } from 'node:crypto'
import { indexForStaff } from '../../db/queries/comments/search-entries.ts'
import { sealLog } from '../../db/queries/log/log-seals.ts'
import { examineWaiting } from '../../db/queries/moderation/examinations.ts'
import { holdLease } from '../../db/queries/upkeep/leases.ts'
import type { Dependencies } from '../dependencies.ts'
import { sweepAttachments } from './attachment-sweep.ts'
import { runBulks } from './bulks.ts'
import { groupAlike } from './campaigns.ts'
import { countClauseWords } from './clause-words.ts'
import { enterLists } from './intake-lists.ts'
import { writeLogHead } from './log-head.ts'

const pause = 500
const term = 10_000
const batch = 50
const indexBatch = 200
const compareBatch = 200
const hour = 60 * 60 * 1000

/** Says what went wrong or was done, as the application's log does. */
export interface Teller {
  info(told: object, message: string): void
  error(told: object, message: string): void
}

/**
 * Follows what comes in, off the requests' path: searches new comments for personal data, lets staff find them, groups
 * those that are alike, counts the words of clauses, goes on with bulks and lists of letters, seals the log and, each
 * hour, sweeps files that belong to nothing. Of several nodes the one with the lease does it.
 * @returns what stops it, after the step under way
 */
export function follow(deps: Dependencies, teller: Teller): () => Promise<void> {
  const holder = randomUUID()
  const progress = { sweptAt: 0 }
  let isStopped = false
  let wake = () => {}
  const step = async (): Promise<boolean> => {
    try {
      const isOurs = await holdLease(deps.db, 'following', holder, term, deps.now())
      return isOurs && (await followOnce(deps, teller, progress))
    } catch (err) {
      teller.error({ err }, 'following failed')
      return false
    }
  }
  const work = async () => {
    while (!isStopped) {
      if (await step()) continue
      if (isStopped) return
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, pause).unref()
      })
    }
  }
  const working = work()
  return async () => {
    isStopped = true
    wake()
    await working
  }
}

/**
 * One step of following: a batch of each kind of work.
 * @param progress when files were swept last
 * @returns whether more is waiting already
 */
export async function followOnce(
  deps: Dependencies,
  teller: Teller,
  progress = { sweptAt: 0 },
): Promise<boolean> {
  const { db, config, now } = deps
  const head = await sealLog(db, now())
  if (head) {
    writeLogHead(config.dataDir, head)
    teller.info(head, 'log sealed')
  }
  const examined = await examineWaiting(db, batch, now())
  const indexed = await indexForStaff(db, indexBatch)
  const compared = await groupAlike(deps, compareBatch)
  const isCounting = await countClauseWords(deps)
  const isBulkRunning = await runBulks(deps)
  const isListRunning = await enterLists(deps)
  await sweepHourly(deps, teller, progress)
  const isBehind = examined === batch || indexed === indexBatch || compared === compareBatch
  return isBehind || isCounting || isBulkRunning || isListRunning
}

async function sweepHourly(deps: Dependencies, teller: Teller, progress: { sweptAt: number }): Promise<void> {
  const now = deps.now().getTime()
  if (now - progress.sweptAt < hour) return
  progress.sweptAt = now
  const removed = await sweepAttachments(deps)
  if (removed > 0) teller.info({ removed }, 'files without a row removed')
}
