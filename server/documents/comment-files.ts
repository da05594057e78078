import type { Readable } from 'node:stream'
import type { Database } from '../../db/open.ts'
import { detailCells } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { everyComment, everything, type ReadComment, type ReadingFilters } from '../../db/queries/reading.ts'
import { aggregateTable } from './aggregate-table.ts'
import type { Table } from './cells.ts'
import { clausePlaces } from './clause-places.ts'
import { commentTable, type Header, type Scope } from './comment-table.ts'
import { writeCsv } from './csv.ts'
import { writeXlsx } from './xlsx.ts'

export interface FileOptions {
  scope: Scope
  header: Header
}

/** A consultation's comments in document order as CSV. */
export async function commentsCsv(
  db: Database,
  consultation: Consultation,
  options: FileOptions,
): Promise<Readable> {
  return writeCsv(await allComments(db, consultation, options))
}

/** A workbook that opens on the aggregate by clause; the comments in document order follow. */
export async function commentsXlsx(
  db: Database,
  consultation: Consultation,
  options: FileOptions,
): Promise<Readable> {
  const places = await clausePlaces(db, consultation.id)
  const cells = await detailCells(db, consultation.id)
  const aggregate = aggregateTable(cells, places, cityOf(consultation), options)
  return writeXlsx([
    { name: '汇总', frozenColumns: 2, ...aggregate },
    { name: '意见', frozenColumns: 0, ...(await allComments(db, consultation, options)) },
  ])
}

/** The comments that the scope may hold, as a table whose rows are read as they are written. */
export async function allComments(
  db: Database,
  consultation: Consultation,
  options: FileOptions,
): Promise<Table> {
  const places = await clausePlaces(db, consultation.id)
  const state = options.scope === 'public' ? 'published' : null
  const rows = await commentsOf(db, consultation, { ...everything, state })
  return commentTable(rows, places, options)
}

/** The comments that the filters let through, in document order, read from the database as they are asked for. */
export async function commentsOf(
  db: Database,
  consultation: Consultation,
  filters: ReadingFilters,
): Promise<AsyncIterable<ReadComment>> {
  const places = await clausePlaces(db, consultation.id)
  return everyComment(db, consultation.id, [...places.keys()], filters)
}

/** Counties are counted with their city. */
function cityOf({ regions }: Consultation): (region: string) => string {
  return (region) =>
    regions.find(({ name, counties }) => region.startsWith(name) || counties.includes(region))?.name ?? region
}
