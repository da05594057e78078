import { everyAdoptionRow } from '../../../../db/queries/outcomes/adoption-pages.ts'
import {
  type Edition,
  editions,
  everyEditionRow,
  type ShownRow,
} from '../../../../db/queries/outcomes/outcome-editions.ts'
import { shanghaiMinute } from '../../../rules/days.ts'
import { retractionNote } from '../../../rules/retractions/hiding.ts'
import type { TablePaper } from '../../formats/cells.ts'
import { type PaperRequest, PaperUnavailable } from '../paper-request.ts'
import { adoptionTable } from './adoption-table.ts'

/**
 * 意见采纳情况表: for the public as its newest edition has it, for the office as it would be published now.
 * @throws PaperUnavailable where the public is to have it and no edition is published
 */
export async function adoptionPaper({
  db,
  consultation,
  places,
  scope,
  now,
}: PaperRequest): Promise<TablePaper> {
  const { id, title } = consultation
  const paper = { title: '意见采纳情况表' }
  if (scope !== 'public') {
    const facts = [
      title,
      `截至 ${shanghaiMinute(now)} 的核对稿，尚未公布的内容仅供内部使用。“条数”合计应等于纳入研究的全部意见。`,
    ]
    return { ...paper, facts, ...adoptionTable(everyAdoptionRow(db, id, [...places.keys()]), places) }
  }
  const [edition] = await editions(db, id)
  if (!edition) throw new PaperUnavailable('结果还没有公布，公开的采纳情况表要等公布以后才有。')
  const published = `${shanghaiMinute(edition.publishedAt)} 公布${edition.edition > 1 ? `（第 ${edition.edition} 版）` : ''}`
  const facts = [title, `${published}，合计 ${edition.numbers.admitted} 条。`, ...notesOf(edition)]
  return { ...paper, facts, ...adoptionTable(shownRows(everyEditionRow(db, edition.id)), places) }
}

function notesOf({ retractedAt }: Edition): string[] {
  return retractedAt ? [retractionNote(retractedAt)] : []
}

/** A comment that is no longer public leaves its row, which the total needs. */
async function* shownRows(rows: AsyncIterable<ShownRow>) {
  for await (const row of rows) {
    yield { ...row, author: row.author ?? '', body: row.body ?? '（这条意见已不再公开）' }
  }
}
