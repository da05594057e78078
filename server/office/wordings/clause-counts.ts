import type { Database } from '../../../db/database.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { type CountCell, countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { stanceNames } from '../../rules/names.ts'
import { type CountedLink, readingAddress } from '../comments/reading-address.ts'

export interface ClauseCounts {
  admitted: number
  answered: number
  stances: CountedLink[]
}

/** How many of a clause's comments are admitted, are answered and take each stance, with where to read them. */
export async function countsOf(
  db: Database,
  { id, slug }: Consultation,
  clause: string,
): Promise<ClauseCounts> {
  const [cells, answers] = await Promise.all([countCells(db, id), answeredCells(db, id)])
  const own = cells.filter((cell) => cell.clause === clause)
  const states: readonly string[] = admittedStates
  const sum = (rows: { count: number }[]) => rows.reduce((total, { count }) => total + count, 0)
  const of = (counts: (cell: CountCell) => boolean) => sum(own.filter(counts))
  return {
    admitted: of(({ state }) => states.includes(state)),
    answered: sum(answers.filter((cell) => cell.clause === clause)),
    stances: Object.entries(stanceNames).map(([stance, name]) => ({
      name,
      count: of((cell) => cell.stance === stance),
      href: readingAddress(slug, { clause, stance }),
    })),
  }
}
