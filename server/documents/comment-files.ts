import type { Readable } from 'node:stream'
import { detailCells } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { everyComment, everything, type ReadComment } from '../../db/queries/reading.ts'
import { commentsAreShown } from '../rules/publication-policies.ts'
import { aggregateTable } from './aggregate-table.ts'
import type { Table } from './cells.ts'
import { clausePlaces } from './clause-places.ts'
import { commentTable } from './comment-table.ts'
import { writeCsv } from './csv.ts'
import { counted, type PaperRequest } from './paper-request.ts'
import { writeXlsx } from './xlsx.ts'

/** A consultation's comments in document order as CSV. */
export async function commentsCsv(request: PaperRequest): Promise<Readable> {
  return writeCsv(await allComments(request))
}

/** A workbook that opens on the aggregate by clause; the comments in document order follow. */
export async function commentsXlsx(request: PaperRequest): Promise<Readable> {
  const { db, consultation } = request
  const places = await clausePlaces(db, consultation.id)
  const cells = holdsNothingYet(request) ? [] : await detailCells(db, consultation.id)
  const aggregate = aggregateTable(cells, places, cityOf(consultation), request)
  return writeXlsx([
    { name: '汇总', frozenColumns: 2, ...aggregate },
    { name: '意见', frozenColumns: 0, ...(await allComments(request)) },
  ])
}

/** The comments that the scope may hold, as a table whose rows are read as they are written. */
export async function allComments(request: PaperRequest): Promise<Table> {
  const { db, consultation, scope } = request
  const places = await clausePlaces(db, consultation.id)
  return commentTable(await commentsOf(request, scope === 'public' ? 'published' : null), places, request)
}

/** The comments in one state, or all, in document order, read from the database as they are asked for. */
export async function commentsOf(
  request: Pick<PaperRequest, 'db' | 'consultation' | 'scope' | 'now' | 'read'>,
  state: string | null,
): Promise<AsyncIterable<ReadComment>> {
  const { db, consultation, read } = request
  const places = holdsNothingYet(request) ? new Map<string, never>() : await clausePlaces(db, consultation.id)
  return counted(everyComment(db, consultation.id, [...places.keys()], { ...everything, state }), read)
}

/** A file for the public holds comments only from when the pages show them. */
function holdsNothingYet({
  scope,
  consultation,
  now,
}: Pick<PaperRequest, 'consultation' | 'scope' | 'now'>): boolean {
  return scope === 'public' && !commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now)
}

/** Counties are counted with their city. */
function cityOf({ regions }: Consultation): (region: string) => string {
  return (region) =>
    regions.find(({ name, counties }) => region.startsWith(name) || counties.includes(region))?.name ?? region
}
