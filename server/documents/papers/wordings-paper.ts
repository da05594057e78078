import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { Cell, TablePaper } from '../formats/cells.ts'
import type { PaperRequest } from './paper-request.ts'

/** 修改对照表 of the clauses that the office has reworded, in document order. */
export async function wordingsPaper({ db, consultation, places, now }: PaperRequest): Promise<TablePaper> {
  const wordings = await revisedWordingsOf(db, consultation.id)
  return {
    title: '修改对照表',
    facts: [consultation.title, `截至 ${shanghaiMinute(now)}，共修改 ${wordings.length} 条。`],
    columns: [
      { header: '条款', width: 12 },
      { header: '原条款', width: 50 },
      { header: '修改后条款', width: 50 },
      { header: '说明', width: 30 },
    ],
    rows: [...places].flatMap(([key, { citation, label, text }]): Cell[][] => {
      const wording = wordings.find(({ clause }) => clause === key)
      return wording ? [[citation, text, label + wording.text, wording.reason]] : []
    }),
  }
}
