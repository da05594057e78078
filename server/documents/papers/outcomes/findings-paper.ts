import { findingsOf } from '../../../../db/queries/outcomes/findings.ts'
import { shanghaiMinute } from '../../../rules/days.ts'
import type { Cell, TablePaper } from '../../formats/cells.ts'
import type { PaperRequest } from '../paper-request.ts'

/** 审查意见处理情况表: what each review of the draft found, and what was done about it. */
export async function findingsPaper({ db, consultation, now }: PaperRequest): Promise<TablePaper> {
  const findings = await findingsOf(db, consultation.id)
  const open = findings.filter(({ handling }) => handling === null).length
  return {
    title: '审查意见处理情况表',
    facts: [
      consultation.title,
      `截至 ${shanghaiMinute(now)}，共 ${findings.length} 条，其中 ${open} 条还没有处理。`,
    ],
    columns: [
      { header: '序号', width: 6, centred: true },
      { header: '审查', width: 16 },
      { header: '审查意见', width: 60 },
      { header: '处理情况', width: 60 },
    ],
    rows: findings.map(({ review, finding, handling }, i): Cell[] => [
      i + 1,
      review,
      finding,
      handling ?? '还没有处理',
    ]),
  }
}
