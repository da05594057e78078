import type { AdoptionRow } from '../../../../db/queries/outcomes/adoption-rows.ts'
import { correctionNote } from '../../../rules/answers/correction-note.ts'
import { outcomeNames } from '../../../rules/answers/responses.ts'
import { nameOf } from '../../../rules/names.ts'
import type { Cell, Column, Table } from '../../formats/cells.ts'
import type { ClausePlace } from '../clause-places.ts'

const columns: Column[] = [
  { header: '序号', width: 6 },
  { header: '条款', width: 12 },
  { header: '反馈人', width: 14 },
  { header: '意见内容', width: 60 },
  { header: '条数', width: 6 },
  { header: '是否采纳', width: 10 },
  { header: '理由', width: 44 },
]

/**
 * 意见采纳情况表, which the public reads: masked names, and a 归纳 counts for all that it sums up, so that the column 条数
 * adds up to the admitted comments.
 */
export function adoptionTable(
  rows: AsyncIterable<AdoptionRow>,
  places: ReadonlyMap<string, ClausePlace>,
): Table {
  return { columns, rows: cells(rows, places) }
}

async function* cells(
  rows: AsyncIterable<AdoptionRow>,
  places: ReadonlyMap<string, ClausePlace>,
): AsyncGenerator<Cell[]> {
  let number = 0
  for await (const row of rows) {
    number++
    const { clause, author, body, count, outcome, reason } = row
    const { citation } = places.get(clause) ?? { citation: clause }
    const said = [reason, correctionNote(row)].filter(Boolean).join('\n')
    yield [number, citation, author, body, count, nameOf(outcomeNames, outcome), said]
  }
}
