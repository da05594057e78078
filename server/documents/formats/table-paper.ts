import type { Readable } from 'node:stream'
import type { PaperRequest } from '../papers/paper-request.ts'
import type { Table } from './cells.ts'
import { writeCsv } from './csv.ts'
import { writeWordTables } from './word-table.ts'
import { writeXlsx } from './xlsx.ts'

/** A paper that is a table: its heading, what is said above it, and its rows; behind it perhaps a list. */
export interface TablePaper extends Table {
  title: string
  /** Lines under the title: what is counted, when it was made. */
  facts: string[]
  /** 附表, a sheet of its own in a workbook; a CSV is one table and leaves it out. */
  annex?: Table & { title: string }
}

/** A table paper's three formats, with the same rows in each. */
export function tableFormats(make: (request: PaperRequest) => Promise<TablePaper>) {
  return {
    xlsx: async (request: PaperRequest): Promise<Readable> => {
      const { annex, ...paper } = await make(request)
      const sheets = [paper, ...(annex ? [annex] : [])]
      return writeXlsx(
        sheets.map(({ title, columns, rows }) => ({ name: title, columns, rows, frozenColumns: 2 })),
        { marked: request.marked },
      )
    },
    docx: async (request: PaperRequest) => writeWordTables(await make(request), request.marked),
    csv: async (request: PaperRequest) => writeCsv(await make(request), request.marked),
  }
}
