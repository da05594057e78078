import type { Database } from '../../../db/database.ts'
import { channelCells, mainReasons, type Progress } from '../../../db/queries/answers/progress.ts'
import { countReceived } from '../../../db/queries/comments/aggregates.ts'
import { countEndorsements } from '../../../db/queries/comments/endorsements.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { endorsedStates } from '../../rules/comments/endorsements.ts'
import type { OutcomeNumbers } from '../../rules/outcomes/report-numbers.ts'
import type { GivenReason } from './report-text.ts'

/** The counts that the report of a consultation names, as they are now. */
export async function countsOf(
  db: Database,
  consultationId: string,
  { cells, answers }: Progress,
): Promise<OutcomeNumbers> {
  const [received, channels, endorsements] = await Promise.all([
    countReceived(db, consultationId),
    channelCells(db, consultationId),
    countEndorsements(db, consultationId, endorsedStates.public),
  ])
  const states = summed(cells.map(({ state, count }) => [state, count]))
  return {
    received,
    people: channels.reduce((sum, { submissions }) => sum + submissions, 0),
    late: channels.reduce((sum, { late }) => sum + late, 0),
    admitted: admittedStates.reduce((sum, state) => sum + (states[state] ?? 0), 0),
    states,
    channels: summed(channels.map(({ channel, comments }) => [channel, comments])),
    outcomes: summed(answers.map(({ outcome, count }) => [outcome, count])),
    endorsements,
  }
}

function summed(counts: [string, number][]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [key, count] of counts) sums[key] = (sums[key] ?? 0) + count
  return sums
}

/** The reasons that approved answers gave most often. */
export function reasonsOf(db: Database, consultationId: string): Promise<GivenReason[]> {
  return mainReasons(db, consultationId, 20)
}
