import type { FastifyReply, FastifyRequest } from 'fastify'
import { type DetailCell, detailCells } from '../../db/queries/aggregates.ts'
import { arrivals } from '../../db/queries/arrivals.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { orderedClauses } from '../../db/queries/ordered-clauses.ts'
import { channelCells } from '../../db/queries/progress.ts'
import type { Dependencies } from '../dependencies.ts'
import { heatMap, trendChart } from '../documents/charts.ts'
import { notFound } from '../plugins/page-error.ts'
import { addDays, daysBetween, startOfDay } from '../rules/days.ts'
import { channelNames, identityNames, nameOf, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { shanghaiDay } from '../rules/shanghai.ts'
import { consultationOf } from './consultation.ts'

/** A figure's numbers: what stands in the table behind it. */
interface Table {
  title: string
  columns: string[]
  rows: { name: string; counts: number[] }[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/figures': {
      consultation: Consultation
      trend: Table
      identities: Table
      regions: Table
      channels: Table
    }
  }
}

/** Longer than this, and the first days are left to the papers. */
const mostDays = 120

/** GET /office/:slug/figures: the charts, a table behind each. */
export function figuresPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const [trend, { identities, regions }, channels] = await Promise.all([
      trendOf(deps, consultation),
      crossOf(deps, consultation),
      channelsOf(deps, consultation),
    ])
    return reply.page('office/figures', { consultation, trend, identities, regions, channels })
  }
}

/** GET /office/:slug/figures/:figure.svg: an image of its own, since its inline styles are none of the page's. */
export function figureImage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const svg = await draw(deps, consultation, String(Reflect.get(Object(request.params), 'figure')))
    return reply.type('image/svg+xml').header('cache-control', 'no-store').send(svg)
  }
}

async function draw(deps: Dependencies, consultation: Consultation, figure: string): Promise<string> {
  switch (figure) {
    case 'trend.svg': {
      const { rows } = await trendOf(deps, consultation)
      return trendChart(
        rows.map(({ name }) => name.slice(5)),
        rows.flatMap(({ counts }) => counts),
      )
    }
    case 'identities.svg':
      return crossImage((await crossOf(deps, consultation)).identities)
    case 'regions.svg':
      return crossImage((await crossOf(deps, consultation)).regions)
    default:
      throw notFound()
  }
}

function crossImage({ columns, rows }: Table): Promise<string> {
  return heatMap(
    rows.map(({ name }) => name),
    columns,
    rows.map(({ counts }) => counts),
  )
}

async function trendOf({ db, now }: Dependencies, { id, opensAt, closesAt }: Consultation): Promise<Table> {
  const last = shanghaiDay(now() < closesAt ? now() : closesAt)
  const first = shanghaiDay(opensAt)
  const count = Math.min(Math.max(daysBetween(first, last) + 1, 1), mostDays)
  const days = Array.from({ length: count }, (_, i) => addDays(last, i - count + 1))
  const counts = await arrivals(db, id, days.map(startOfDay))
  return {
    title: '每天收到的意见',
    columns: ['收到'],
    rows: days.map((name, i) => ({ name, counts: [counts[i] ?? 0] })),
  }
}

async function crossOf({ db }: Dependencies, { id, regions }: Consultation) {
  const [cells, ordered] = await Promise.all([detailCells(db, id), orderedClauses(db, id)])
  const clauses = [{ key: wholeDraft, name: wholeDraftName }, ...ordered].filter(({ key }) =>
    cells.some((cell) => cell.clause === key),
  )
  const city = (region: string | null) =>
    region === null
      ? '未填写'
      : (regions.find(({ name, counties }) => region.startsWith(name) || counties.includes(region))?.name ??
        region)
  const cross = (title: string, of: (cell: DetailCell) => string): Table => {
    const columns = [...new Set(cells.map(of))].sort((a, b) => a.localeCompare(b, 'zh'))
    return {
      title,
      columns,
      rows: clauses.map(({ key, name }) => ({
        name,
        counts: columns.map((column) => sum(cells, (cell) => cell.clause === key && of(cell) === column)),
      })),
    }
  }
  return {
    identities: cross('各条款收到的意见（按身份）', (cell) => nameOf(identityNames, cell.identity)),
    regions: cross('各条款收到的意见（按地区）', (cell) => city(cell.region)),
  }
}

function sum(cells: DetailCell[], counts: (cell: DetailCell) => boolean): number {
  return cells.reduce((total, cell) => (counts(cell) ? total + cell.count : total), 0)
}

async function channelsOf({ db }: Dependencies, { id }: Consultation): Promise<Table> {
  const cells = await channelCells(db, id)
  return {
    title: '各渠道收到的意见',
    columns: ['意见', '人次', '其中逾期意见'],
    rows: cells.map(({ channel, comments, submissions, late }) => ({
      name: nameOf(channelNames, channel),
      counts: [comments, submissions, late],
    })),
  }
}
