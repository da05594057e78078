import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { readingAddress } from './reading-address.ts'

/** A figure's numbers: what stands in the table behind it, each with the list of exactly what it counts. */
export interface FigureTable {
  title: string
  columns: string[]
  rows: FigureRow[]
  /** 合计, in the last row; null where the rows are no parts of one whole. */
  total: FigureRow | null
}

export interface FigureRow {
  name: string
  href: string | null
  counts: number[]
  links: (string | null)[]
  /** What the columns add up to, and its share of all; null where they are no parts of one whole. */
  whole: { count: number; link: string | null; share: string } | null
}

/** A row or a column of a table, and what lets through what is counted in it. */
export interface Counted {
  name: string
  filter: Partial<ReadingFilters>
}

/**
 * A table of parts: each row with what it adds up to and its share of all, and all in one row 合计.
 * @param counts by row and column
 * @param all what lets through everything that is counted; `isTwice` where some of it is counted in several rows, so that
 * no list is as long as a column
 */
export function partedTable(
  slug: string,
  {
    title,
    rows,
    columns,
    counts,
  }: { title: string; rows: Counted[]; columns: Counted[]; counts: number[][] },
  { all = {}, isTwice = false }: { all?: Partial<ReadingFilters>; isTwice?: boolean } = {},
): FigureTable {
  const link = (...filters: Partial<ReadingFilters>[]) =>
    readingAddress(slug, Object.assign({}, all, ...filters))
  const whole = sum(counts.flat())
  const sums = columns.map((_, column) => sum(counts.map((row) => row[column] ?? 0)))
  return {
    title,
    columns: columns.map(({ name }) => name),
    rows: rows.map(({ name, filter }, place) => {
      const own = counts[place] ?? []
      return {
        ...{ name, href: null, counts: own },
        links: columns.map((column) => link(filter, column.filter)),
        whole: { count: sum(own), link: link(filter), share: share(sum(own), whole) },
      }
    }),
    total: {
      ...{ name: '合计', href: null, counts: sums },
      links: columns.map(({ filter }) => (isTwice ? null : link(filter))),
      whole: { count: whole, link: isTwice ? null : link(), share: share(whole, whole) },
    },
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

/** A part of all, as a percentage. */
function share(part: number, all: number): string {
  return all > 0 ? `${((part / all) * 100).toFixed(1)}%` : ''
}
