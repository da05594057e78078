import { progressOf } from '../../../../db/queries/answers/progress.ts'
import type { CountCell } from '../../../../db/queries/comments/aggregates.ts'
import { draftReport, type Edition, editions } from '../../../../db/queries/outcomes/outcome-editions.ts'
import { outcomeNames } from '../../../rules/answers/responses.ts'
import { stanceNames } from '../../../rules/names.ts'
import { retractionNote } from '../../../rules/retractions/hiding.ts'
import { outcomeColors, plainColor, stanceColors } from '../../formats/chart-colors.ts'
import { barChart } from '../../formats/charts.ts'
import type { Chart } from '../../formats/drawing.ts'
import { holdsNothingYet } from '../comments/scoped-comments.ts'
import { type PaperRequest, PaperUnavailable } from '../paper-request.ts'
import { writeReport } from './consultation-report.ts'
import { countsOf, reasonsOf } from './outcome-figures.ts'
import { chineseDay, reportText } from './report-text.ts'

/**
 * 公开征求意见情况说明 with its charts: for the public the newest edition, for the office what would be published now.
 * @throws PaperUnavailable where the public is to have it and no edition is published
 */
export async function reportPaper(request: PaperRequest): Promise<Buffer> {
  const { db, consultation, scope, now } = request
  const { id, organ, title } = consultation
  const edition = scope === 'public' ? await publishedEdition(request) : null
  const progress = await progressOf(db, id)
  const counts = edition?.numbers ?? (await countsOf(db, id, progress))
  const report =
    edition?.report ||
    (await draftReport(db, id))?.report ||
    reportText(consultation, counts, await reasonsOf(db, id, request.places))
  const noted = edition?.retractedAt ? `${report}\n\n${retractionNote(edition.retractedAt)}` : report
  const day = chineseDay(edition?.publishedAt ?? now)
  const received = holdsNothingYet(request)
    ? []
    : [
        {
          caption: scope === 'public' ? '各条款公开的意见（按类型）' : '各条款收到的意见（按类型）',
          chart: stanceChart(request, progress.cells),
        },
      ]
  const isAnswered = Object.values(counts.outcomes).some((count) => count > 0)
  const answered = isAnswered ? [{ caption: '意见的研究采纳情况', chart: outcomeChart(counts.outcomes) }] : []
  const name = `关于《${title}》公开征求意见情况的说明`
  return writeReport(name, noted, [...received, ...answered], { organ, day })
}

async function publishedEdition({ db, consultation }: PaperRequest): Promise<Edition> {
  const [edition] = await editions(db, consultation.id)
  if (!edition) throw new PaperUnavailable('结果还没有公布，公开的情况说明要等公布以后才有。')
  return edition
}

function stanceChart({ places, scope }: PaperRequest, all: readonly CountCell[]): Chart {
  const cells = scope === 'public' ? all.filter(({ state }) => state === 'published') : all
  const rows = [...places].filter(([key]) => cells.some((cell) => cell.clause === key))
  const sum = (clause: string, stance: string) =>
    cells.reduce(
      (total, cell) => total + (cell.clause === clause && cell.stance === stance ? cell.count : 0),
      0,
    )
  const series = Object.entries(stanceNames).map(([stance, name]) => ({
    name,
    color: stanceColors[stance] ?? plainColor,
    values: rows.map(([key]) => sum(key, stance)),
  }))
  return barChart(
    rows.map(([, { name }]) => name),
    series,
  )
}

function outcomeChart(outcomes: Record<string, number>): Chart {
  const series = Object.entries(outcomeNames).map(([outcome, name]) => ({
    name,
    color: outcomeColors[outcome] ?? plainColor,
    values: [outcomes[outcome] ?? 0],
  }))
  return barChart(['纳入研究的意见'], series)
}
