import type { Readable } from 'node:stream'
import type { PaperRequest } from '../papers/paper-request.ts'
import type { TablePaper } from './cells.ts'
import { writeCsv } from './csv.ts'
import { writeWordTable } from './word-table.ts'
import { writeXlsx } from './xlsx.ts'

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
    docx: async (request: PaperRequest) => writeWordTable(await make(request), request.marked),
    csv: async (request: PaperRequest) => writeCsv(await make(request), request.marked),
  }
}
