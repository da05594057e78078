import type { GivenAnswer } from '../../../../db/queries/answers/answers.ts'
import { campaignNumbers } from '../../../../db/queries/campaigns/campaign-groups.ts'
import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import type { AnalysedPoint } from '../../../../db/queries/points/analysed-points.ts'
import { accountNames } from '../../../rules/answers/responses.ts'
import {
  channelNames,
  identityNames,
  nameOf,
  proposalNames,
  stanceNames,
  stateNames,
  visibilityNames,
} from '../../../rules/names.ts'
import { type PaperScope, shownTime } from '../../../rules/papers/scopes.ts'
import type { Cell, Table } from '../../formats/cells.ts'
import type { ClausePlace } from '../clause-places.ts'
import type { PaperRequest } from '../paper-request.ts'
import { analysed } from './analysed-comments.ts'
import { type Person, personBehind } from './persons.ts'

interface CommentColumn {
  id: string
  zh: string
  width: number
  scopes: readonly PaperScope[]
  cell(comment: ReadComment, of: Context): Cell
}

/** What stands around a comment. */
interface Context {
  place: ClausePlace
  person: Person
  scope: PaperScope
  /** Whether values that are identifiers are printed as words. */
  zh: boolean
  points: AnalysedPoint[]
  /** The number of its campaign; null where it is in none. */
  campaign: number | null
  /** null where there is none, or the public is not told yet. */
  answer: GivenAnswer | null
}

const all = ['public', 'internal', 'personal'] as const
const internal = ['internal', 'personal'] as const
const personal = ['personal'] as const

/** A column of identifiers, which stand as words under a Chinese header. */
function worded(
  id: 'stance' | 'state' | 'proposal' | 'identity' | 'channel' | 'visibility',
  column: Pick<CommentColumn, 'zh' | 'width' | 'scopes'>,
  names: Readonly<Record<string, string>>,
): CommentColumn {
  const cell: CommentColumn['cell'] = ({ [id]: value }, { zh }) =>
    zh && value ? nameOf(names, value) : value
  return { id, ...column, cell }
}

const columns: CommentColumn[] = [
  { id: 'receipt_number', zh: '回执号', width: 18, scopes: internal, cell: (c) => c.receiptNumber },
  { id: 'comment_id', zh: '意见编号', width: 14, scopes: all, cell: (c) => c.publicId },
  { id: 'clause', zh: '条款代码', width: 9, scopes: all, cell: (c) => c.clause },
  worded('stance', { zh: '意见类型', width: 9, scopes: all }, stanceNames),
  worded('state', { zh: '状态', width: 9, scopes: all }, stateNames),
  { id: 'body', zh: '意见内容', width: 60, scopes: all, cell: (c) => c.body },
  { id: 'wording', zh: '建议表述', width: 40, scopes: all, cell: (c) => c.wording },
  worded('proposal', { zh: '修改方式', width: 11, scopes: all }, proposalNames),
  { id: 'quote', zh: '针对的文字', width: 30, scopes: all, cell: (c) => c.quote?.exact ?? null },
  { id: 'citation', zh: '条款', width: 14, scopes: all, cell: (_, { place }) => place.citation },
  worded('identity', { zh: '身份', width: 12, scopes: all }, identityNames),
  { id: 'name', zh: '反馈人', width: 12, scopes: all, cell: (c) => c.maskedName },
  { id: 'region', zh: '地区', width: 14, scopes: all, cell: (c) => c.region },
  { id: 'round', zh: '第几稿', width: 8, scopes: all, cell: (c) => c.round },
  worded('channel', { zh: '渠道', width: 9, scopes: internal }, channelNames),
  worded('visibility', { zh: '是否愿意公开', width: 16, scopes: internal }, visibilityNames),
  {
    id: 'late',
    zh: '逾期',
    width: 7,
    scopes: internal,
    cell: (c, { zh }) => (zh ? (c.late ? '逾期' : null) : String(c.late ?? false)),
  },
  {
    id: 'received_at',
    zh: '收到时间',
    width: 17,
    scopes: all,
    cell: (c, { scope }) => shownTime(c.createdAt, scope),
  },
  {
    id: 'published_at',
    zh: '公开时间',
    width: 17,
    scopes: all,
    cell: (c, { scope }) => c.publishedAt && shownTime(c.publishedAt, scope),
  },
  { id: 'endorsements', zh: '附议人次（未核实）', width: 12, scopes: all, cell: (c) => c.endorsements },
  { id: 'points', zh: '具体意见（条）', width: 8, scopes: internal, cell: (_, { points }) => points.length },
  {
    id: 'theme',
    zh: '主题',
    width: 14,
    scopes: internal,
    cell: (_, { points }) => told(points.flatMap(({ themes }) => themes)),
  },
  { id: 'campaign', zh: '同类意见组号', width: 8, scopes: internal, cell: (_, { campaign }) => campaign },
  {
    id: 'department',
    zh: '责任单位',
    width: 16,
    scopes: internal,
    cell: (_, { points }) => told(points.flatMap(({ department }) => department ?? [])),
  },
  {
    id: 'concern_id',
    zh: '归并意见编号',
    width: 14,
    scopes: internal,
    cell: (_, { points }) => told(points.flatMap(({ concern }) => concern?.id ?? [])),
  },
  {
    id: 'concern',
    zh: '归并意见',
    width: 30,
    scopes: internal,
    cell: (_, { points }) => told(points.flatMap(({ concern }) => concern?.sentence ?? [])),
  },
  {
    id: 'outcome',
    zh: '采纳情况',
    width: 10,
    scopes: all,
    cell: (_, { answer, zh }) => answer && (zh ? nameOf(accountNames, answer.outcome) : answer.outcome),
  },
  { id: 'reason', zh: '理由', width: 40, scopes: all, cell: (_, { answer }) => answer?.reason ?? null },
  {
    id: 'answered_on',
    zh: '答复时间',
    width: 17,
    scopes: internal,
    cell: (_, { answer }) => answer?.approvedAt ?? null,
  },
  { id: 'full_name', zh: '姓名', width: 12, scopes: personal, cell: (_, { person }) => person.name },
  {
    id: 'organisation',
    zh: '单位',
    width: 24,
    scopes: personal,
    cell: (_, { person }) => person.organisation,
  },
  {
    id: 'contact',
    zh: '联系方式',
    width: 18,
    scopes: personal,
    cell: (_, { person }) => person.contact,
  },
]

function told(names: string[]): Cell {
  return [...new Set(names)].join('；') || null
}

/** The comments as a table, one row each in the order given. */
export function commentTable(rows: AsyncIterable<ReadComment>, request: PaperRequest): Table {
  const zh = request.header === 'zh'
  const chosen = columns.filter((column) => column.scopes.includes(request.scope))
  return {
    columns: chosen.map((column) => ({ header: zh ? column.zh : column.id, width: column.width })),
    rows: cells(rows, chosen, request),
  }
}

async function* cells(
  rows: AsyncIterable<ReadComment>,
  chosen: CommentColumn[],
  request: PaperRequest,
): AsyncGenerator<Cell[]> {
  const { db, consultation, places, scope, header, seals } = request
  const campaigns =
    scope === 'public' ? new Map<string, number>() : await campaignNumbers(db, consultation.id)
  for await (const { comment, points, answer } of analysed(request, rows)) {
    const { clause } = comment
    const place = places.get(clause) ?? { citation: clause, name: clause, label: '', text: '' }
    const person = personBehind(comment, scope, seals)
    const campaign = campaigns.get(points[0]?.campaign ?? '') ?? null
    const context = { place, person, scope, zh: header === 'zh', points, campaign, answer }
    yield chosen.map((column) => column.cell(comment, context))
  }
}
