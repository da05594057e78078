import type { ReadComment } from '../../../db/queries/comments/reading.ts'
import {
  channelNames,
  identityNames,
  nameOf,
  proposalNames,
  stanceNames,
  stateNames,
  visibilityNames,
} from '../../rules/names.ts'
import { type PaperScope, shownTime } from '../../rules/papers/scopes.ts'
import type { Cell, Table } from '../formats/cells.ts'
import type { ClausePlace } from './clause-places.ts'
import type { PaperRequest } from './paper-request.ts'
import { type Person, personBehind } from './persons.ts'

interface CommentColumn {
  id: string
  zh: string
  width: number
  scopes: readonly PaperScope[]
  /** @param zh whether values that are identifiers are printed as words */
  cell(comment: ReadComment, place: ClausePlace, zh: boolean, person: Person, scope: PaperScope): Cell
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
  const cell: CommentColumn['cell'] = ({ [id]: value }, _, zh) => (zh && value ? nameOf(names, value) : value)
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
  { id: 'citation', zh: '条款', width: 14, scopes: all, cell: (_, place) => place.citation },
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
    cell: (c, _, zh) => (zh ? (c.late ? '逾期' : null) : String(c.late ?? false)),
  },
  {
    id: 'received_at',
    zh: '收到时间',
    width: 17,
    scopes: all,
    cell: (c, _p, _zh, _person, scope) => shownTime(c.createdAt, scope),
  },
  {
    id: 'published_at',
    zh: '公开时间',
    width: 17,
    scopes: all,
    cell: (c, _p, _zh, _person, scope) => c.publishedAt && shownTime(c.publishedAt, scope),
  },
  { id: 'endorsements', zh: '附议人次（未核实）', width: 12, scopes: all, cell: (c) => c.endorsements },
  { id: 'full_name', zh: '姓名', width: 12, scopes: personal, cell: (_c, _p, _zh, person) => person.name },
  {
    id: 'organisation',
    zh: '单位',
    width: 24,
    scopes: personal,
    cell: (_c, _p, _zh, person) => person.organisation,
  },
  {
    id: 'contact',
    zh: '联系方式',
    width: 18,
    scopes: personal,
    cell: (_c, _p, _zh, person) => person.contact,
  },
]

/**
 * The comments as a table, one row each in the order given.
 * @param places each clause's citation and text by its key
 */
export function commentTable(
  rows: AsyncIterable<ReadComment>,
  places: ReadonlyMap<string, ClausePlace>,
  request: Pick<PaperRequest, 'scope' | 'header' | 'seals'>,
): Table {
  const zh = request.header === 'zh'
  const chosen = columns.filter((column) => column.scopes.includes(request.scope))
  return {
    columns: chosen.map((column) => ({ header: zh ? column.zh : column.id, width: column.width })),
    rows: cells(rows, places, chosen, request),
  }
}

async function* cells(
  rows: AsyncIterable<ReadComment>,
  places: ReadonlyMap<string, ClausePlace>,
  chosen: CommentColumn[],
  { scope, header, seals }: Pick<PaperRequest, 'scope' | 'header' | 'seals'>,
): AsyncGenerator<Cell[]> {
  for await (const comment of rows) {
    const place = places.get(comment.clause) ?? {
      citation: comment.clause,
      name: comment.clause,
      label: '',
      text: '',
    }
    const person = personBehind(comment, scope, seals)
    yield chosen.map((column) => column.cell(comment, place, header === 'zh', person, scope))
  }
}
