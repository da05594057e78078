import { channelCells } from '../../../db/queries/answers/progress.ts'
import { type ArrivalCount, arrivalCells } from '../../../db/queries/comments/arrival-counts.ts'
import { arrivals } from '../../../db/queries/comments/arrivals.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { addDays, daysBetween, shanghaiDay } from '../../rules/days.ts'
import { channelNames, identityNames, nameOf, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { readingAddress } from './reading-address.ts'

/** A figure's numbers: what stands in the table behind it, each with where it leads. */
export interface FigureTable {
  title: string
  columns: string[]
  rows: { name: string; counts: number[]; links: (string | null)[] }[]
}

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
      name: day,
      counts: [counts.get(day) ?? 0],
      links: [readingAddress(slug, { day })],
    })),
  }
}

/** How many comments each clause drew, from whom and from where. */
export async function crossOf({ db }: Dependencies, { id, slug, regions }: Consultation) {
  const [cells, ordered] = await Promise.all([arrivalCells(db, id), orderedClauses(db, id)])
  const clauses = [{ key: wholeDraft, name: wholeDraftName }, ...ordered].filter(({ key }) =>
    cells.some((cell) => cell.clause === key),
  )
  const city = (region: string) =>
    region === '' ? null : (regions.find(({ name }) => region.startsWith(name))?.name ?? region)
  const cross = (
    title: string,
    of: (cell: ArrivalCount) => string | null,
    nameFor: (value: string | null) => string,
    filter: 'identity' | 'region',
  ): FigureTable => {
    const values = [...new Set(cells.map(of))].sort((a, b) => nameFor(a).localeCompare(nameFor(b), 'zh'))
    return {
      title,
      columns: values.map(nameFor),
      rows: clauses.map(({ key, name }) => ({
        name,
        counts: values.map((value) => sum(cells, (cell) => cell.clause === key && of(cell) === value)),
        links: values.map((value) =>
          value === null ? null : readingAddress(slug, { clause: key, [filter]: value }),
        ),
      })),
    }
  }
  return {
    identities: cross(
      '各条款收到的意见（按身份）',
      (cell) => cell.identity,
      (value) => nameOf(identityNames, value ?? ''),
      'identity',
    ),
    regions: cross(
      '各条款收到的意见（按地区）',
      (cell) => city(cell.region),
      (value) => value ?? '未填写',
      'region',
    ),
  }
}

function sum(cells: ArrivalCount[], counts: (cell: ArrivalCount) => boolean): number {
  return cells.reduce((total, cell) => (counts(cell) ? total + cell.comments : total), 0)
}

/** How many comments came by each channel. */
export async function channelsOf({ db }: Dependencies, { id, slug }: Consultation): Promise<FigureTable> {
  const cells = await channelCells(db, id)
  return {
    title: '各渠道收到的意见',
    columns: ['意见', '件', '人次', '其中逾期意见'],
    rows: cells.map(({ channel, comments, submissions, people, late }) => ({
      name: nameOf(channelNames, channel),
      counts: [comments, submissions, people, late],
      links: [readingAddress(slug, { channel }), null, null, null],
    })),
  }
}
