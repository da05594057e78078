import { channelCells } from '../../../db/queries/answers/progress.ts'
import { type ArrivalCount, arrivalCells } from '../../../db/queries/comments/arrival-counts.ts'
import { arrivals } from '../../../db/queries/comments/arrivals.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { countedRegion, countedRegions } from '../../rules/consultations/counted-regions.ts'
import { addDays, daysBetween, shanghaiDay } from '../../rules/days.ts'
import { channelNames, identityNames, nameOf, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { type Counted, type FigureRow, type FigureTable, partedTable } from './figure-table.ts'
import { readingAddress } from './reading-address.ts'

export interface Figures {
  trend: FigureTable
  identities: FigureTable
  regions: FigureTable
  channels: FigureTable
}

/** Longer than this, and the first days are left to the papers. */
const mostDays = 120

/** The figures of a consultation, from the kept counters. */
export async function figuresOf(deps: Dependencies, consultation: Consultation): Promise<Figures> {
  const [trend, { identities, regions }, channels] = await Promise.all([
    trendOf(deps, consultation),
    crossOf(deps, consultation),
    channelsOf(deps, consultation),
  ])
  return { trend, identities, regions, channels }
}

/** How many comments came on each of the last days. */
export async function trendOf(
  { db, now }: Dependencies,
  { id, slug, opensAt, closesAt }: Consultation,
): Promise<FigureTable> {
  const last = shanghaiDay(now() < closesAt ? now() : closesAt)
  const first = shanghaiDay(opensAt)
  const count = Math.min(Math.max(daysBetween(first, last) + 1, 1), mostDays)
  const days = Array.from({ length: count }, (_, i) => addDays(last, i - count + 1))
  const counts = await arrivals(db, id, shanghaiDay(now()))
  return {
    title: '每天收到的意见',
    columns: ['收到'],
    rows: days.map((day) => ({
      ...{ name: day, href: null, whole: null },
      counts: [counts.get(day) ?? 0],
      links: [readingAddress(slug, { day })],
    })),
    total: null,
  }
}

/** How many comments each clause drew, from whom and from where. */
export async function crossOf({ db }: Dependencies, { id, slug, regions }: Consultation) {
  const [cells, ordered] = await Promise.all([arrivalCells(db, id), orderedClauses(db, id)])
  const clauses = [{ key: wholeDraft, name: wholeDraftName }, ...ordered].filter(({ key }) =>
    cells.some((cell) => cell.clause === key),
  )
  const cross = (title: string, columns: Counted[], of: (cell: ArrivalCount) => string) =>
    partedTable(slug, {
      title,
      rows: clauses.map(({ key, name }) => ({ name, filter: { clause: key } })),
      columns,
      counts: clauses.map(({ key }) =>
        columns.map(({ name }) => sum(cells, (cell) => cell.clause === key && of(cell) === name)),
      ),
    })
  const identity = (cell: ArrivalCount) => nameOf(identityNames, cell.identity)
  const identities = Object.entries(identityNames)
    .map(([key, name]) => ({ name, filter: { identity: key } }))
    .filter(({ name }) => cells.some((cell) => identity(cell) === name))
  const places = countedRegions(
    regions,
    cells.map(({ region }) => region),
  ).map(({ name, filter }) => ({ name, filter: { region: filter } }))
  return {
    identities: cross('各条款收到的意见（按身份）', identities, identity),
    regions: cross('各条款收到的意见（按地区）', places, ({ region }) => countedRegion(regions, region).name),
  }
}

function sum(cells: ArrivalCount[], counts: (cell: ArrivalCount) => boolean): number {
  return cells.reduce((total, cell) => (counts(cell) ? total + cell.comments : total), 0)
}

/** How many comments came by each channel. */
export async function channelsOf({ db }: Dependencies, { id, slug }: Consultation): Promise<FigureTable> {
  const cells = (await channelCells(db, id)).filter(({ comments }) => comments > 0)
  const row = (name: string, of: ChannelCell[], filter: Partial<ReadingFilters>): FigureRow => {
    const total = (key: 'comments' | 'submissions' | 'people' | 'late') =>
      of.reduce((all, cell) => all + cell[key], 0)
    return {
      ...{ name, href: null, whole: null },
      counts: [total('comments'), total('submissions'), total('people'), total('late')],
      links: [readingAddress(slug, filter), null, null, readingAddress(slug, { ...filter, late: 'yes' })],
    }
  }
  return {
    title: '各渠道收到的意见',
    columns: ['意见', '件', '人次', '其中逾期意见'],
    rows: cells.map((cell) => row(nameOf(channelNames, cell.channel), [cell], { channel: cell.channel })),
    total: row('合计', cells, {}),
  }
}

type ChannelCell = Awaited<ReturnType<typeof channelCells>>[number]
