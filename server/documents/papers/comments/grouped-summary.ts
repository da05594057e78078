import type { Readable } from 'node:stream'
import { campaignNumbers } from '../../../../db/queries/campaigns/campaign-groups.ts'
import { outcomeNames } from '../../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../../rules/days.ts'
import { everybody, writtenMeetings } from '../../../rules/intakes/people.ts'
import { nameOf } from '../../../rules/names.ts'
import type { Cell, Column, PrintedPaper, PrintedRow } from '../../formats/cells.ts'
import { writeWordTable } from '../../formats/word-table.ts'
import type { ClausePlace } from '../clause-places.ts'
import type { PaperRequest } from '../paper-request.ts'
import { excerpt } from './excerpt.ts'
import { authorsOf } from './group-authors.ts'
import { type GroupedPoints, groupedPoints } from './grouped-points.ts'
import { allGroups, mostSingle, type PointGroup } from './point-groups.ts'
import { summaryTitle, summedUpName } from './summary-paper.ts'
import { opinionAndReason } from './summary-table.ts'

const columns: Column[] = [
  { header: '序号', width: 12, centred: true },
  { header: '条款', width: 15, centred: true },
  { header: '修改意见', width: 58 },
  { header: '理由', width: 46 },
  { header: '条数', width: 12, centred: true },
  { header: '提出单位/个人', width: 30 },
]
const outcomeColumn: Column = { header: '采纳情况', width: 18, centred: true }
/** These two stand where anything would stand in them. */
const reasonColumn: Column = { header: '说明', width: 34 }
const contactColumn: Column = { header: '联系方式', width: 24 }

/**
 * 意见汇总表 on paper: clause by clause, its text once, then a row for each concern, each answer with a 归纳, each
 * campaign and each single point. Every point of what was admitted is counted in one row.
 */
export async function groupedSummary(request: PaperRequest): Promise<Readable> {
  return writeWordTable(await groupedPaper(request), request.marked)
}

async function groupedPaper(request: PaperRequest): Promise<PrintedPaper> {
  const { db, consultation, places, scope, now } = request
  const [numbers, grouped] = await Promise.all([
    campaignNumbers(db, consultation.id),
    groupedPoints(request, mostSingle(places.size)),
  ])
  const clauses = groupsByClause(grouped, places)
  const has = (filled: (group: PointGroup) => unknown) => clauses.some(({ groups }) => groups.some(filled))
  const shown = { contacts: has(contactOf), reasons: has(({ reasons }) => reasons.size > 0) }
  return {
    title: summaryTitle(scope),
    facts: [
      consultation.title,
      `截至 ${shanghaiMinute(now)} ${summedUpName(scope)}，按条款归并：先列归并意见和同类意见，再列单条意见（一个条款至多印出 ${mostSingle(places.size)} 条，其余合计），“条数”是具体意见的条数。逐条全文见《${summaryTitle(scope)}》XLSX 或 CSV。`,
    ],
    columns: [
      ...columns,
      ...(shown.contacts ? [contactColumn] : []),
      outcomeColumn,
      ...(shown.reasons ? [reasonColumn] : []),
    ],
    rows: rowsOf(clauses, grouped, { numbers, ...shown }),
  }
}

interface ClauseRows {
  citation: string
  text: string
  groups: PointGroup[]
}

/** The clauses that anything was said of, in document order. */
function groupsByClause({ groups }: GroupedPoints, places: ReadonlyMap<string, ClausePlace>): ClauseRows[] {
  return [...Map.groupBy(allGroups(groups, places), ({ clause }) => clause)].map(([key, here]) => {
    const { citation, text } = places.get(key) ?? { citation: key, text: '' }
    return { citation, text, groups: here }
  })
}

interface Around {
  numbers: ReadonlyMap<string, number>
  contacts: boolean
  reasons: boolean
}

function* rowsOf(
  clauses: ClauseRows[],
  { comments, unasking, submissions, people }: GroupedPoints,
  around: Around,
): Generator<PrintedRow> {
  let number = 0
  let total = 0
  for (const { citation, text, groups } of clauses) {
    const points = groups.reduce((sum, group) => sum + group.points, 0)
    yield { across: `${text === '' ? citation : `原文：${text}`}（本条具体意见 ${points} 条）` }
    for (const group of groups) yield [++number, citation, ...cellsOf(group, around)]
    total += points
  }
  const asked = unasking > 0 ? `，其中 ${unasking} 条没有提出具体修改意见` : ''
  yield {
    across: `合计：意见 ${comments} 条（${submissions} 件，${everybody(people)} 人次${writtenMeetings(people)}）${asked}；具体意见 ${total} 条，与以上各行“条数”之和一致。`,
  }
}

function cellsOf(group: PointGroup, { numbers, contacts, reasons }: Around): Cell[] {
  const [opinion, reason] = opinionOf(group, numbers)
  return [
    opinion,
    reason,
    group.points,
    authorsOf(group),
    ...(contacts ? [contactOf(group)] : []),
    outcomesOf(group),
    ...(reasons ? [[...group.reasons].join('\n') || null] : []),
  ]
}

function opinionOf(
  { kind, said, words, first, points, campaign }: PointGroup,
  numbers: ReadonlyMap<string, number>,
): [string, string | null] {
  if (kind === 'rest') return [`其余单条意见 ${points} 条，没有逐条印出，全文见 XLSX 或 CSV。`, null]
  if (kind === 'concern' || kind === 'answer') return [said, `例：“${excerpt(words)}”`]
  const [opinion, reason] = opinionAndReason(first, words)
  if (kind === 'single') return [opinion, reason]
  const number = numbers.get(campaign ?? '')
  const alike = `同类意见第 ${number ?? '—'} 组，名单见《同类意见清单》。`
  return [opinion, [reason, alike].filter(Boolean).join('\n')]
}

function contactOf({ kind, person }: PointGroup): string | null {
  return kind === 'single' ? person.contact : null
}

function outcomesOf({ outcomes }: PointGroup): string {
  const name = (outcome: string) => (outcome === '' ? '待研究' : nameOf(outcomeNames, outcome))
  if (outcomes.size === 1) return [...outcomes.keys()].map(name).join('')
  return [...outcomes].map(([outcome, points]) => `${name(outcome)}\n${points} 条`).join('\n')
}
