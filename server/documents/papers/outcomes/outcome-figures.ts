import type { Database } from '../../../../db/database.ts'
import {
  type AnsweredCell,
  channelCells,
  mainReasons,
  type Progress,
} from '../../../../db/queries/answers/progress.ts'
import { countEndorsements } from '../../../../db/queries/comments/endorsements.ts'
import type { PointCell } from '../../../../db/queries/points/point-cells.ts'
import { admittedStates } from '../../../rules/answers/responses.ts'
import { endorsedStates } from '../../../rules/comments/endorsements.ts'
import type { OutcomeNumbers } from '../../../rules/outcomes/report-numbers.ts'
import { pointTotals } from '../../../rules/points/point-totals.ts'
import type { ClausePlace } from '../clause-places.ts'
import type { GivenReason } from './report-text.ts'

/** The counts that the report of a consultation names, as they are now. */
export async function countsOf(
  db: Database,
  consultationId: string,
  { cells, answers, parted }: Progress,
): Promise<OutcomeNumbers> {
  const [channels, endorsements] = await Promise.all([
    channelCells(db, consultationId),
    countEndorsements(db, consultationId, endorsedStates.public),
  ])
  const states = summed(cells.map(({ state, count }) => [state, count]))
  const admitted = admittedStates.reduce((sum, state) => sum + (states[state] ?? 0), 0)
  return {
    received: cells.reduce((sum, { count }) => sum + count, 0),
    submissions: channels.reduce((sum, { submissions }) => sum + submissions, 0),
    people: channels.reduce((sum, { people }) => sum + people, 0),
    late: channels.reduce((sum, { late }) => sum + late, 0),
    admitted,
    states,
    channels: summed(channels.map(({ channel, comments }) => [channel, comments])),
    outcomes: summed(answers.map(({ outcome, count }) => [outcome, count])),
    ...pointsIn(admitted, answers, parted),
    endorsements,
  }
}

/** The points of all that was admitted; nothing where no comment was parted. */
function pointsIn(admitted: number, answers: AnsweredCell[], parted: PointCell[]) {
  if (parted.every(({ points, comments }) => points === 0 && comments === 0)) return {}
  const outcomes = pointTotals(answers, parted, ({ outcome = '' }) => outcome)
  const total = parted.reduce((sum, { points, comments }) => sum + points - comments, admitted)
  return { points: { total, outcomes: Object.fromEntries(outcomes) } }
}

function summed(counts: [string, number][]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [key, count] of counts) sums[key] = (sums[key] ?? 0) + count
  return sums
}

/** The reasons that approved answers gave most often. @param places what the clauses are called, by their keys */
export async function reasonsOf(
  db: Database,
  consultationId: string,
  places: ReadonlyMap<string, ClausePlace>,
): Promise<GivenReason[]> {
  const reasons = await mainReasons(db, consultationId, 20)
  return reasons.map((given) => ({
    ...given,
    clauses: given.clauses.map((key) => places.get(key)?.citation ?? key),
  }))
}
