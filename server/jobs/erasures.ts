import { erasuresDue, markOverwritten } from '../../db/queries/erasures.ts'
import { eraseForgotten } from '../../db/search.ts'
import type { Dependencies } from '../dependencies.ts'
import type { KindOfWork } from './work.ts'

/** In milliseconds: what is erased meanwhile is overwritten together. */
const rest = 10 * 60_000
/** After a paper that is being made still needed something of it. */
const shortRest = 60_000
/** The larger the database the longer it takes: no more than so much of the time. */
const share = 20
/** Oftener than the lease runs out. */
const beat = 3_000

/**
 * Overwrites what erased words leave in the engine's files. It goes over all of the search indexes and tables, so it is
 * done for many erasures at a time.
 */
export function overwriting(): KindOfWork {
  let restsUntil = 0
  return {
    name: 'erasures',
    batch: 1,
    waiting: async ({ db, now }) => {
      if (now().getTime() < restsUntil) return []
      return (await erasuresDue(db)) > 0 ? ['words'] : []
    },
    async work(deps) {
      const { db, now } = deps
      const began = now().getTime()
      const seen = await erasuresDue(db)
      const isDone = await holding(deps, () => overwrite(deps))
      if (isDone) await markOverwritten(db, seen)
      const took = now().getTime() - began
      restsUntil = now().getTime() + (isDone ? Math.max(rest, took * share) : shortRest)
    },
  }
}

/** @returns false where a read that began earlier, for a paper say, still needs some of it */
export async function overwrite({ db }: Pick<Dependencies, 'db'>): Promise<boolean> {
  await eraseForgotten(db, 'public')
  await eraseForgotten(db, 'staff')
  return db.overwriteFreed()
}

/** Holds the lease while something is done that writes no lists. */
async function holding<Result>({ db }: Dependencies, work: () => Promise<Result>): Promise<Result> {
  const beating = setInterval(() => void db.atomically(() => []).catch(() => {}), beat)
  try {
    return await work()
  } finally {
    clearInterval(beating)
  }
}
