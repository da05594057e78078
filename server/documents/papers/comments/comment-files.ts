import type { Readable } from 'node:stream'
import { detailCells } from '../../../../db/queries/comments/aggregates.ts'
import type { Table } from '../../formats/cells.ts'
import { writeCsv } from '../../formats/csv.ts'
import { writeXlsx } from '../../formats/xlsx.ts'
import type { PaperRequest } from '../paper-request.ts'
import { aggregateTable } from './aggregate-table.ts'
import { commentTable } from './comment-table.ts'
import { holdsNothingYet, scopedComments } from './scoped-comments.ts'

/** A consultation's comments in document order as CSV. */
export async function commentsCsv(request: PaperRequest): Promise<Readable> {
  return writeCsv(allComments(request), request.marked)
}

/** A workbook that opens on the aggregate by clause; the comments in document order follow. */
export async function commentsXlsx(request: PaperRequest): Promise<Readable> {
  const { db, consultation, places, filters, marked } = request
  const cells = holdsNothingYet(request) ? [] : await detailCells(db, consultation.id, filters)
  const aggregate = aggregateTable(cells, places, consultation.regions, request)
  const sheets = [
    { name: '汇总', frozenColumns: 2, ...aggregate },
    { name: '意见', frozenColumns: 0, ...allComments(request) },
  ]
  return writeXlsx(sheets, { marked })
}

/** The comments that the scope may hold, as a table whose rows are read as they are written. */
export function allComments(request: PaperRequest): Table {
  return commentTable(scopedComments(request), request)
}
