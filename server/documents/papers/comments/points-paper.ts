import { Readable } from 'node:stream'
import { campaignNumbers } from '../../../../db/queries/campaigns/campaign-groups.ts'
import type { AnalysedPoint } from '../../../../db/queries/points/analysed-points.ts'
import { admittedStates, outcomeNames } from '../../../rules/answers/responses.ts'
import { nameOf, stanceNames } from '../../../rules/names.ts'
import type { PaperScope } from '../../../rules/papers/scopes.ts'
import type { Cell, Table } from '../../formats/cells.ts'
import { writeCsv } from '../../formats/csv.ts'
import { writeXlsx } from '../../formats/xlsx.ts'
import type { PaperRequest } from '../paper-request.ts'
import { type AnalysedComment, analysed, isTold } from './analysed-comments.ts'
import { jsonList, rowObjects } from './comment-json.ts'
import { scopedComments } from './scoped-comments.ts'

interface Context {
  zh: boolean
  /** Answers are made known to the public with the outcome. */
  isTold: boolean
  citation(clause: string): string
  campaigns: ReadonlyMap<string, number>
}

interface PointColumn {
  id: string
  zh: string
  width: number
  scopes: readonly PaperScope[]
  cell(of: AnalysedComment['comment'], point: AnalysedPoint, context: Context): Cell
}

const all = ['public', 'internal'] as const
const internal = ['internal'] as const

/** 具体意见表: a row for each point, so that 主题 × 采纳情况 × 地市 is a pivot table away; it joins 意见 by comment_id. */
const columns: PointColumn[] = [
  { id: 'point_id', zh: '具体意见编号', width: 14, scopes: all, cell: (_, p) => p.id },
  { id: 'comment_id', zh: '意见编号', width: 14, scopes: all, cell: (c) => c.publicId },
  { id: 'receipt_number', zh: '回执号', width: 18, scopes: internal, cell: (c) => c.receiptNumber },
  { id: 'clause', zh: '涉及条款代码', width: 9, scopes: all, cell: (_, p) => p.clause },
  {
    id: 'citation',
    zh: '涉及条款',
    width: 14,
    scopes: all,
    cell: (_, p, { citation }) => citation(p.clause),
  },
  { id: 'comment_clause', zh: '提出人所选条款代码', width: 9, scopes: all, cell: (c) => c.clause },
  {
    id: 'comment_citation',
    zh: '提出人所选条款',
    width: 14,
    scopes: all,
    cell: (c, _, { citation }) => citation(c.clause),
  },
  { id: 'start', zh: '起', width: 6, scopes: all, cell: (_, p) => p.start },
  { id: 'end', zh: '止', width: 6, scopes: all, cell: (c, p) => p.end ?? [...c.body].length },
  {
    id: 'text',
    zh: '具体意见',
    width: 60,
    scopes: all,
    cell: (c, p) => [...c.body].slice(p.start, p.end ?? undefined).join(''),
  },
  {
    id: 'stance',
    zh: '意见类型',
    width: 9,
    scopes: all,
    cell: (_, p, { zh }) => (zh ? nameOf(stanceNames, p.stance) : p.stance),
  },
  { id: 'region', zh: '地区', width: 14, scopes: all, cell: (c) => c.region },
  { id: 'theme', zh: '主题', width: 14, scopes: internal, cell: (_, p) => p.themes.join('、') || null },
  {
    id: 'concern_id',
    zh: '归并意见编号',
    width: 14,
    scopes: all,
    cell: (_, p, { isTold }) => (isTold && p.concern ? p.concern.id : null),
  },
  {
    id: 'concern',
    zh: '归并意见',
    width: 40,
    scopes: all,
    cell: (_, p, { isTold }) => (isTold && p.concern ? p.concern.sentence : null),
  },
  { id: 'department', zh: '责任单位', width: 16, scopes: internal, cell: (_, p) => p.department },
  {
    id: 'outcome',
    zh: '采纳情况',
    width: 10,
    scopes: all,
    cell: (_, p, { isTold, zh }) =>
      isTold && p.answer ? (zh ? nameOf(outcomeNames, p.answer.outcome) : p.answer.outcome) : null,
  },
  {
    id: 'reason',
    zh: '理由',
    width: 40,
    scopes: all,
    cell: (_, p, { isTold }) => (isTold && p.answer ? p.answer.reason : null),
  },
  {
    id: 'answered_on',
    zh: '答复时间',
    width: 17,
    scopes: internal,
    cell: (_, p) => p.answer?.approvedAt ?? null,
  },
  {
    id: 'campaign',
    zh: '同类意见组号',
    width: 8,
    scopes: internal,
    cell: (_, p, { campaigns }) => (p.campaign ? (campaigns.get(p.campaign) ?? null) : null),
  },
  {
    id: 'decided_by',
    zh: '批准人',
    width: 10,
    scopes: internal,
    cell: (_, p) => p.answer?.approvedBy ?? null,
  },
]

export async function pointsCsv(request: PaperRequest): Promise<Readable> {
  return writeCsv(await pointTable(request), request.marked)
}

export async function pointsXlsx(request: PaperRequest): Promise<Readable> {
  const sheet = { name: '具体意见', frozenColumns: 0, ...(await pointTable(request)) }
  return writeXlsx([sheet], { marked: request.marked })
}

export async function pointsJson(request: PaperRequest): Promise<Readable> {
  const { consultation, scope } = request
  const { columns, rows } = await pointTable({ ...request, header: 'en' })
  const facts = { consultation: consultation.slug, title: consultation.title, scope }
  const keys = columns.map(({ header }) => header)
  return Readable.from(jsonList(facts, 'points', rowObjects(keys, rows)), { objectMode: false })
}

async function pointTable(request: PaperRequest): Promise<Table> {
  const { db, consultation, places, scope, header } = request
  const zh = header === 'zh'
  const chosen = columns.filter(({ scopes }) => scopes.includes(scope))
  const context: Context = {
    zh,
    isTold: isTold(request),
    citation: (clause) => places.get(clause)?.citation ?? clause,
    campaigns: scope === 'public' ? new Map() : await campaignNumbers(db, consultation.id),
  }
  return {
    columns: chosen.map((column) => ({ header: zh ? column.zh : column.id, width: column.width })),
    rows: rowsOf(request, chosen, context),
  }
}

async function* rowsOf(
  request: PaperRequest,
  chosen: PointColumn[],
  context: Context,
): AsyncGenerator<Cell[]> {
  for await (const { comment, points } of analysed(request, scopedComments(request, admittedStates))) {
    for (const point of points) yield chosen.map((column) => column.cell(comment, point, context))
  }
}
