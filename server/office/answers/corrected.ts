import type { ListedCorrection } from '../../../db/queries/answers/read-corrections.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'

/** What an answer is about that was corrected: its clause or clauses, and how many comments and points. */
export function correctedAbout(
  { clauses, comments, points }: Pick<ListedCorrection, 'clauses' | 'comments' | 'points'>,
  places: ReadonlyMap<string, { citation: string }>,
): string {
  const [clause] = clauses
  const citation = clause ? (places.get(clause)?.citation ?? clause) : ''
  const counted = [
    ...(comments > 0 ? [`${comments} 条意见`] : []),
    ...(points > 0 ? [`${points} 条具体意见`] : []),
  ]
  return `${citation}${clauses.length > 1 ? '等条款' : ''}的 ${counted.join('、')}`
}

/** What became of its 采纳情况. */
export function correctedTurn({ before, outcome }: Pick<ListedCorrection, 'before' | 'outcome'>): string {
  const now = nameOf(outcomeNames, outcome)
  const old = typeof before?.outcome === 'string' ? nameOf(outcomeNames, before.outcome) : now
  return old === now ? `仍为“${now}”，文字有改动` : `由“${old}”更正为“${now}”`
}
