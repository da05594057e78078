import { reasonsBetween } from '../../../db/queries/drafts/change-reasons.ts'
import { clauseSources } from '../../../db/queries/drafts/clause-sources.ts'
import { findRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type ComparedRow, compareRounds } from '../../documents/papers/comparison.ts'
import { notFound } from '../../plugins/page-error.ts'
import type { Seen } from '../scope.ts'

/** Two published rounds, and how each clause of the later one came out of the earlier. */
export interface Compared {
  before: RoundWithUnits
  after: RoundWithUnits
  rows: ComparedRow[]
}

/** @throws PageError 404 where one of them is not published */
export async function comparedRounds(
  { db }: Dependencies,
  { consultation: { id } }: Seen,
  first: number,
  second: number,
): Promise<Compared> {
  const [before, after] = await Promise.all([findRound(db, id, first), findRound(db, id, second)])
  if (!before?.publishedAt || !after?.publishedAt) throw notFound()
  const [{ sources, relations }, reasons] = await Promise.all([
    clauseSources(db, id, first, second),
    reasonsBetween(db, id, first, second),
  ])
  return { before, after, rows: compareRounds(before.units, after.units, sources, relations, reasons) }
}
