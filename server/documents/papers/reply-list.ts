import type { Readable } from 'node:stream'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { listColumns } from '../../rules/departments/filled-list.ts'
import type { Cell, TablePaper } from '../formats/cells.ts'
import { writeWordTable } from '../formats/word-table.ts'
import { writeXlsx } from '../formats/xlsx.ts'

/** A thing that a unit is asked to answer. */
export interface ListedForUnit {
  key: string
  kind: string
  clause: string
  clauseText: string
  text: string
}

const widths = { key: 30, kind: 10, clause: 24, clauseText: 40, text: 50, outcome: 12, reason: 40 }

/** 待答复意见清单: what goes out to a unit without accounts, to be filled in. */
function replyList(
  { unit, title }: { unit: string; title: string },
  things: AsyncIterable<ListedForUnit>,
): TablePaper {
  return {
    title: '待答复意见清单',
    facts: [
      title,
      `请${unit}填写“采纳情况”（${Object.values(outcomeNames).join('、')}）和“理由”两栏，其他各栏请勿改动。`,
    ],
    columns: Object.entries(listColumns).map(([name, header]) => ({
      header,
      width: widths[name as keyof typeof widths],
    })),
    rows: rowsOf(things),
  }
}

async function* rowsOf(things: AsyncIterable<ListedForUnit>): AsyncGenerator<Cell[]> {
  for await (const { key, kind, clause, clauseText, text } of things)
    yield [key, kind, clause, clauseText, text, null, null]
}

export const replyListFormats = {
  xlsx: (about: { unit: string; title: string }, things: AsyncIterable<ListedForUnit>): Readable => {
    const { title, columns, rows } = replyList(about, things)
    return writeXlsx([{ name: title, columns, rows, frozenColumns: 0 }])
  },
  docx: (about: { unit: string; title: string }, things: AsyncIterable<ListedForUnit>): Promise<Readable> =>
    writeWordTable(replyList(about, things)),
}
