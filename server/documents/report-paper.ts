import { countCells } from '../../db/queries/aggregates.ts'
import { orderedClauses } from '../../db/queries/ordered-clauses.ts'
import { draftReport, editions } from '../../db/queries/outcome-editions.ts'
import { stanceNames, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { outcomeNames } from '../rules/responses.ts'
import { outcomeColors, plainColor, stanceColors } from './chart-colors.ts'
import { barChart } from './charts.ts'
import { writeReport } from './consultation-report.ts'
import { countsOf, reasonsOf } from './outcome-figures.ts'
import type { PaperRequest } from './paper-request.ts'
import { chineseDay, reportText } from './report-text.ts'

/** 公开征求意见情况说明: the published edition in the public scope, else what would be published now; with its charts. */
export async function reportPaper({ db, consultation, scope, now }: PaperRequest): Promise<Buffer> {
  const { id, organ } = consultation
  const [published] = await editions(db, id)
  const counts = scope === 'public' && published ? published.numbers : await countsOf(db, id)
  const written = scope === 'public' && published ? published.report : (await draftReport(db, id)) || null
  const report = written ?? reportText(consultation, counts, await reasonsOf(db, id))
  const charts = [
    { caption: '各条款收到的意见（按类型）', svg: await stanceChart({ db, consultation }) },
    { caption: '意见的研究采纳情况', svg: outcomeChart(counts.outcomes) },
  ]
  return writeReport('公开征求意见情况说明', report, charts, { organ, day: chineseDay(now) })
}

async function stanceChart({ db, consultation }: Pick<PaperRequest, 'db' | 'consultation'>): Promise<string> {
  const [cells, clauses] = await Promise.all([
    countCells(db, consultation.id),
    orderedClauses(db, consultation.id),
  ])
  const rows = [{ key: wholeDraft, name: wholeDraftName }, ...clauses].filter(({ key }) =>
    cells.some((cell) => cell.clause === key),
  )
  const sum = (clause: string, stance: string) =>
    cells.reduce(
      (total, cell) => total + (cell.clause === clause && cell.stance === stance ? cell.count : 0),
      0,
    )
  const series = Object.entries(stanceNames).map(([stance, name]) => ({
    name,
    color: stanceColors[stance] ?? plainColor,
    values: rows.map(({ key }) => sum(key, stance)),
  }))
  return barChart(
    rows.map(({ name }) => name),
    series,
  )
}

function outcomeChart(outcomes: Record<string, number>): string {
  const series = Object.entries(outcomeNames).map(([outcome, name]) => ({
    name,
    color: outcomeColors[outcome] ?? plainColor,
    values: [outcomes[outcome] ?? 0],
  }))
  return barChart(['纳入研究的意见'], series)
}
