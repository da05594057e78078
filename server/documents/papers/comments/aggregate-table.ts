import type { DetailCell } from '../../../../db/queries/comments/aggregates.ts'
import { countedRegion, countedRegions } from '../../../rules/consultations/counted-regions.ts'
import type { Region } from '../../../rules/consultations/regions.ts'
import { identityNames, stanceNames, stateNames } from '../../../rules/names.ts'
import type { PaperScope } from '../../../rules/papers/scopes.ts'
import type { Cell, Table } from '../../formats/cells.ts'
import type { ClausePlace } from '../clause-places.ts'
import type { Header } from '../paper-request.ts'

interface Measure {
  id: string
  zh: string
  counts(cell: DetailCell): boolean
}

/**
 * The sheet that a workbook opens on: each clause with its text and how many comments it drew, by stance, state,
 * identity and region, and their sum in the last row. In the public scope only published comments are counted.
 * @param places the clauses by key, in document order; a clause without comments keeps its row
 */
export function aggregateTable(
  cells: DetailCell[],
  places: ReadonlyMap<string, ClausePlace>,
  regions: readonly Region[],
  { scope, header }: { scope: PaperScope; header: Header },
): Table {
  const counted = scope === 'public' ? cells.filter((cell) => cell.state === 'published') : cells
  const measures = [
    { id: 'received', zh: scope === 'public' ? '公开的意见' : '收到', counts: () => true },
    ...named('stance', stanceNames),
    ...(scope === 'public' ? [] : named('state', stateNames)),
    ...named('identity', identityNames),
    ...ofRegions(counted, regions),
  ]
  return {
    columns: [
      { header: header === 'zh' ? '条款代码' : 'clause', width: 9 },
      { header: header === 'zh' ? '条款' : 'citation', width: 14 },
      { header: header === 'zh' ? '原文' : 'text', width: 50 },
      ...measures.map(({ id, zh }) => ({ header: header === 'zh' ? zh : id, width: 9 })),
      { header: header === 'zh' ? '占全部的' : 'share', width: 9 },
    ],
    rows: rows(counted, places, measures, header),
  }
}

function named<Key extends 'stance' | 'state' | 'identity'>(
  key: Key,
  names: Readonly<Record<string, string>>,
): Measure[] {
  return Object.entries(names).map(([value, zh]) => ({
    id: `${key}_${value}`,
    zh,
    counts: (cell) => cell[key] === value,
  }))
}

function ofRegions(cells: DetailCell[], regions: readonly Region[]): Measure[] {
  const found = cells.map(({ region }) => region)
  return countedRegions(regions, found).map(({ name }) => ({
    id: `region_${name}`,
    zh: name,
    counts: ({ region }) => countedRegion(regions, region).name === name,
  }))
}

function* rows(
  cells: DetailCell[],
  places: ReadonlyMap<string, ClausePlace>,
  measures: Measure[],
  header: Header,
): Generator<Cell[]> {
  const all = count(cells)
  for (const [key, { citation, text }] of places) {
    const here = cells.filter((cell) => cell.clause === key)
    yield [key, citation, text, ...measures.map((measure) => sum(here, measure)), share(count(here), all)]
  }
  const sums = measures.map((measure) => sum(cells, measure))
  yield [header === 'zh' ? '合计' : 'total', null, null, ...sums, share(all, all)]
}

/** A clause's part of all, as a percentage. */
function share(part: number, all: number): string | null {
  return all > 0 ? `${((part / all) * 100).toFixed(1)}%` : null
}

function count(cells: DetailCell[]): number {
  return cells.reduce((total, cell) => total + cell.count, 0)
}

function sum(cells: DetailCell[], { counts }: Measure): number {
  return cells.reduce((total, cell) => total + (counts(cell) ? cell.count : 0), 0)
}
