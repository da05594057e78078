import type { Database } from '../../database.ts'
import type { ArrivalCell } from '../comments/arrival-counts.ts'
import type { CommentCell } from '../comments/comment-counts.ts'
import {
  arrivedComments,
  arrivedLate,
  begunPeople,
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
import {
  countedDecisions,
  countedRedactions,
  countedRulings,
  type DecisionCell,
  keptDecisions,
  keptRulings,
  type RulingCell,
} from './moderation-counters.ts'
import {
  type AnswerCell,
  type ClauseCell,
  countedAnswers,
  countedClauses,
  countedDays,
  countedReached,
  type DayCell,
  keptAnswers,
  keptClauses,
  keptDays,
  keptReached,
  type ReachedCell,
} from './office-counters.ts'
import {
  countedGathered,
  countedParted,
  countedPoints,
  keptGathered,
  keptPoints,
  type PartedCell,
} from './point-counters.ts'

/** A kept counter that its rows contradict. `cell` tells it from the others of its kind. */
export type WrongCount =
  | ({ counter: 'comments' } & Difference<CommentCell>)
  | ({ counter: 'endorsements' | 'campaigns' } & Difference<{ id: string }>)
  | ({ counter: 'arrivals' | 'submissions' | 'people' | 'late' } & Difference<ArrivalCell>)
  | WrongOfficeCount
  | WrongModerationCount
  | WrongPointCount

/** The same of those that only the office's pages read. */
export type WrongOfficeCount =
  | ({ counter: 'days' } & Difference<DayCell>)
  | ({ counter: 'clauses' } & Difference<ClauseCell>)
  | ({ counter: 'answers' } & Difference<AnswerCell>)
  | ({ counter: 'reached' } & Difference<ReachedCell>)

/** The same of what moderators decided. */
export type WrongModerationCount =
  | ({ counter: 'rulings' | 'redactions' } & Difference<RulingCell>)
  | ({ counter: 'decisions' } & Difference<DecisionCell>)

/** The same of points of comments that were split. */
export type WrongPointCount =
  | ({ counter: 'points' | 'parted' } & Difference<PartedCell>)
  | ({ counter: 'gathered' } & Difference<{ id: string }>)

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
  const of = async <Counter extends WrongCount['counter'], Cell extends object>(
    counter: Counter,
    counted: Promise<Count<Cell>[]>,
    kept: (db: Database) => Promise<Count<Cell>[]>,
  ) => differences(await counted, await kept(db)).map((wrong) => ({ counter, ...wrong }))
  const wrong = await Promise.all([
    of('comments', countedComments(db), keptComments),
    of('endorsements', countedEndorsements(db), keptEndorsements),
    of('campaigns', countedMembers(db), keptMembers),
    of('arrivals', arrivedComments(db), (db) => keptArrivals(db, 'comments')),
    of('submissions', begunSubmissions(db), (db) => keptArrivals(db, 'submissions')),
    of('people', begunPeople(db), (db) => keptArrivals(db, 'people')),
    of('late', arrivedLate(db), (db) => keptArrivals(db, 'late')),
    of('days', countedDays(db), keptDays),
    of('clauses', countedClauses(db), keptClauses),
    of('answers', countedAnswers(db), keptAnswers),
    of('reached', countedReached(db), keptReached),
    of('rulings', countedRulings(db), (db) => keptRulings(db, 'count')),
    of('redactions', countedRedactions(db), (db) => keptRulings(db, 'redacted')),
    of('decisions', countedDecisions(db), keptDecisions),
    of('points', countedPoints(db), (db) => keptPoints(db, 'points')),
    of('parted', countedParted(db), (db) => keptPoints(db, 'comments')),
    of('gathered', countedGathered(db), keptGathered),
  ])
  return wrong.flat()
}

/** A cell that one side does not have counts nothing there. */
function differences<Cell extends object>(counted: Count<Cell>[], kept: Count<Cell>[]): Difference<Cell>[] {
  const cells = new Map<string, Difference<Cell>>()
  const keyOf = (cell: Cell) => JSON.stringify(Object.entries(cell).sort())
  for (const { cell, count } of counted) {
    const before = cells.get(keyOf(cell))?.counted ?? 0
    cells.set(keyOf(cell), { cell, counted: before + count, kept: 0 })
  }
  for (const { cell, count } of kept) {
    cells.set(keyOf(cell), { cell, counted: cells.get(keyOf(cell))?.counted ?? 0, kept: count })
  }
  return [...cells.values()].filter(({ counted, kept }) => counted !== kept)
}
