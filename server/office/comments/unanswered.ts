import type { Database } from '../../../db/database.ts'
import { inWork } from '../../../db/queries/answers/open-comments.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import type { CountCell } from '../../../db/queries/comments/aggregates.ts'
import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { openIn } from '../departments/open-by-department.ts'

/** Whether a reading is of what has no answer, or no approved one, and narrowed by nothing but what the counters know. */
export function isUnanswered({ answered, clause, stance, state, ...others }: ReadingFilters): boolean {
  return (answered === 'no' || answered === 'open') && Object.values(others).every((value) => value === null)
}

/** Among which comments such a reading is, and how many it lets through where that needs no look at the comments. */
export async function unanswered(
  db: Database,
  consultationId: string,
  cells: CountCell[],
  { answered, clause, stance, state }: ReadingFilters,
): Promise<{ cells: CountCell[]; isCounted: false; found: number | null }> {
  const [answers, worked] = await Promise.all([
    answeredCells(db, consultationId),
    answered === 'no' ? inWork(db, consultationId) : new Map<string, number>(),
  ])
  const left = [...openIn({ cells, answers })].flatMap(([key, open]) => {
    const count = open - (worked.get(key) ?? 0)
    return count > 0 && (clause === null || clause === key) ? [{ key, count }] : []
  })
  const keys = new Set(left.map(({ key }) => key))
  return {
    cells: cells.filter((cell) => keys.has(cell.clause)),
    isCounted: false,
    found: stance === null && state === null ? left.reduce((sum, { count }) => sum + count, 0) : null,
  }
}
