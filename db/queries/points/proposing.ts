import { or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Point, Span } from '../../../server/rules/points/arrangement.ts'
import { mayPropose, proposingMarks, proposingWords } from '../../../server/text/words/proposed-wordings.ts'
import { points } from '../../schema/index.ts'
import type { SplitComment } from './splits.ts'

/* Whether a point may propose a wording: kept with it, so that the few that do are found among all points of a clause. */

/** Of a point as it is stored: its own words, or its comment's proposal that came with it from another clause. */
export function pointProposes({ body, proposal, clause }: SplitComment, point: Point): boolean {
  return mayPropose(textOf(body, point)) || (proposal !== null && point.clause !== clause)
}

/** The value of the column for a point whose words are others now; what came from another clause came with it still. */
export function stillProposes(text: string) {
  const { proposes } = points
  return mayPropose(text) ? sql<boolean>`true` : sql<boolean>`${proposes}`
}

/** The same of a whole text in a column. */
export function wordsPropose(text: PgColumn): SQL<boolean> {
  const has = (some: readonly string[]) => or(...some.map((one) => sql`${text} like ${`%${one}%`}`))
  return sql<boolean>`(${has(proposingWords)}) and (${has(proposingMarks)})`
}

export function textOf(body: string, { start, end }: Span): string {
  return [...body].slice(start, end).join('')
}
