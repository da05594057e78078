import type { Database } from '../../database.ts'
import type { ArrivalCell } from '../comments/arrival-counts.ts'
import type { CommentCell } from '../comments/comment-counts.ts'
import {
  arrivedComments,
  begunSubmissions,
  type Count,
  countedComments,
  countedEndorsements,
  countedMembers,
  keptArrivals,
  keptComments,
  keptEndorsements,
  keptMembers,
} from './counters.ts'

/** A kept counter that its rows contradict. `cell` tells it from the others of its kind. */
export type WrongCount =
  | ({ counter: 'comments' } & Difference<CommentCell>)
  | ({ counter: 'endorsements' | 'campaigns' } & Difference<{ id: string }>)
  | ({ counter: 'arrivals' | 'submissions' } & Difference<ArrivalCell>)

interface Difference<Cell> {
  cell: Cell
  kept: number
  counted: number
}

/**
 * Recounts everything that is counted as it comes in. Beside a portal that is serving, a counter may be named wrong
 * that changed between the two readings; mending it changes nothing.
 */
export async function wrongCounts(db: Database): Promise<WrongCount[]> {
  const [ofComments, ofEndorsements, ofCampaigns, ofArrivals, ofSubmissions] = await Promise.all([
    differences(await countedComments(db), await keptComments(db)),
    differences(await countedEndorsements(db), await keptEndorsements(db)),
    differences(await countedMembers(db), await keptMembers(db)),
    differences(await arrivedComments(db), await keptArrivals(db, 'comments')),
    differences(await begunSubmissions(db), await keptArrivals(db, 'submissions')),
  ])
  return [
    ...ofComments.map((wrong) => ({ counter: 'comments' as const, ...wrong })),
    ...ofEndorsements.map((wrong) => ({ counter: 'endorsements' as const, ...wrong })),
    ...ofCampaigns.map((wrong) => ({ counter: 'campaigns' as const, ...wrong })),
    ...ofArrivals.map((wrong) => ({ counter: 'arrivals' as const, ...wrong })),
    ...ofSubmissions.map((wrong) => ({ counter: 'submissions' as const, ...wrong })),
  ]
}

/** A cell that one side does not have counts nothing there. */
function differences<Cell extends object>(counted: Count<Cell>[], kept: Count<Cell>[]): Difference<Cell>[] {
  const cells = new Map<string, Difference<Cell>>()
  const keyOf = (cell: Cell) => JSON.stringify(Object.entries(cell).sort())
  for (const { cell, count } of counted) cells.set(keyOf(cell), { cell, counted: count, kept: 0 })
  for (const { cell, count } of kept) {
    cells.set(keyOf(cell), { cell, counted: cells.get(keyOf(cell))?.counted ?? 0, kept: count })
  }
  return [...cells.values()].filter(({ counted, kept }) => counted !== kept)
}
