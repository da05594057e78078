import type { Database } from '../../db/database.ts'
import { keepDays } from '../../db/queries/comments/arrivals.ts'
import {
  arrivedComments,
  arrivedLate,
  begunSubmissions,
  type Count,
  countedComments,
} from '../../db/queries/upkeep/counters.ts'
import {
  countedDecisions,
  countedRedactions,
  countedRulings,
} from '../../db/queries/upkeep/moderation-counters.ts'
import { countedAnswers, countedClauses } from '../../db/queries/upkeep/office-counters.ts'
import {
  answerCounts,
  arrivalCounts,
  arrivalDays,
  commentCounts,
  decisionCounts,
  endorsedClauses,
  rulingCounts,
} from '../../db/schema/index.ts'

/** Has the kept counters say what the rows say, where rows were written past the lists that keep them. */
export async function recountAll(db: Database, consultationId: string, today: string): Promise<void> {
  const cells = await countedComments(db)
  const arrived = await arrivedComments(db)
  const [begun, late] = [byCell(await begunSubmissions(db)), byCell(await arrivedLate(db))]
  const [endorsed, answered] = [await countedClauses(db), await countedAnswers(db)]
  const [ruled, redacted] = [await countedRulings(db), byCell(await countedRedactions(db))]
  const decided = await countedDecisions(db)
  await db.atomically((tx) => [
    tx.delete(commentCounts),
    tx.insert(commentCounts).values(cells.map(({ cell, count }) => ({ ...cell, count }))),
    tx.delete(arrivalCounts),
    tx.insert(arrivalCounts).values(
      arrived.map(({ cell, count }) => ({
        ...cell,
        comments: count,
        submissions: begun.get(JSON.stringify(cell)) ?? 0,
        people: begun.get(JSON.stringify(cell)) ?? 0,
        late: late.get(JSON.stringify(cell)) ?? 0,
      })),
    ),
    tx.delete(endorsedClauses),
    tx.insert(endorsedClauses).values(endorsed.map(({ cell, count }) => ({ ...cell, count }))),
    tx.delete(answerCounts),
    tx.insert(answerCounts).values(answered.map(({ cell, count }) => ({ ...cell, count }))),
    tx.delete(rulingCounts),
    tx.insert(rulingCounts).values(
      ruled.map(({ cell, count }) => ({
        ...cell,
        count,
        redacted: redacted.get(JSON.stringify(cell)) ?? 0,
      })),
    ),
    tx.delete(decisionCounts),
    tx.insert(decisionCounts).values(decided.map(({ cell, count }) => ({ ...cell, count }))),
    tx.delete(arrivalDays),
  ])
  await keepDays(db, consultationId, today)
}

function byCell<Cell>(counted: Count<Cell>[]): Map<string, number> {
  return new Map(counted.map(({ cell, count }) => [JSON.stringify(cell), count]))
}
