import { adoptionRows } from '../../db/queries/outcomes.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { adoptionTable, inDocumentOrder } from './adoption-table.ts'
import { clausePlaces } from './clause-places.ts'
import type { PaperRequest } from './paper-request.ts'
import type { WordPaper } from './word-table.ts'

/** 意见采纳情况表 as it would be published now. */
export async function adoptionPaper({ db, consultation, now }: PaperRequest): Promise<WordPaper> {
  const places = await clausePlaces(db, consultation.id)
  const rows = inDocumentOrder(await adoptionRows(db, consultation.id), [...places.keys()])
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  return {
    title: '意见采纳情况表',
    facts: [consultation.title, `截至 ${shanghaiMinute(now)}，${rows.length} 行，合计 ${total} 条。`],
    ...adoptionTable(rows, places),
  }
}
