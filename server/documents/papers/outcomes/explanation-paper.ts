import { progressOf } from '../../../../db/queries/answers/progress.ts'
import { type UnitOpinion, unitOpinionsOf } from '../../../../db/queries/answers/unit-opinions.ts'
import { draftReport } from '../../../../db/queries/outcomes/outcome-editions.ts'
import type { PaperRequest } from '../paper-request.ts'
import { unitsText } from '../units-paper.ts'
import { writeReport } from './consultation-report.ts'
import { countsOf, reasonsOf } from './outcome-figures.ts'
import { chineseDay, reportText } from './report-text.ts'

const numerals = '一二三四五六七八九十'

/**
 * 起草说明 as it goes up for decision: what the office wrote, then what came of asking the public and the units, made from
 * the data (国务院令第713号 arts. 26 and 29).
 */
export async function explanationPaper({ db, consultation, places, now }: PaperRequest): Promise<Buffer> {
  const { id, organ, explanation } = consultation
  const [counts, reasons, written, units] = await Promise.all([
    progressOf(db, id).then((progress) => countsOf(db, id, progress)),
    reasonsOf(db, id, places),
    draftReport(db, id),
    unitOpinionsOf(db, id),
  ])
  const own = explanation.replace(/\n+/g, '\n').trim()
  const number = numerals[(own.match(/^[一二三四五六七八九十]+、/gm) ?? []).length] ?? '附'
  const text = [
    own,
    `${number}、征求意见情况`,
    `（一）向社会公开征求意见的情况`,
    demoted(written?.report || reportText(consultation, counts, reasons)),
    `（二）征求有关单位意见的情况\n${unitsText(units)}`,
    ...units.filter(({ unresolved }) => unresolved).map(disagreement),
  ].join('\n\n')
  return writeReport('起草说明', text, [], { organ, day: chineseDay(now) })
}

/** The report's own headings stand below the section that it becomes, and its thanks are the public's alone. */
function demoted(report: string): string {
  return report
    .replace(/^([一二三四五六七八九十]+)、/gm, (_, numeral: string) => `${numerals.indexOf(numeral) + 1}. `)
    .replace(/(?<!\s)\s*^感谢.*$/m, '')
}

function disagreement({ unit, unitPosition, officePosition }: UnitOpinion): string {
  return `与${unit}未协调一致。对方意见：${unitPosition ?? '未写明'}\n我方意见：${officePosition ?? '未写明'}`
}
