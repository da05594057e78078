import type { Column } from './cells.ts'
import { turnedWidth } from './official-page.ts'
import { sizes } from './word-page.ts'

/** Beside a cell's text, in twentieths of a point. */
export const cellMargin = 70
/** 五号, in twentieths of a point. */
export const tableCharacter = sizes.table * 10
/** A number of five digits in 五号 between its margins. */
const narrowest = 5 * 105 + 2 * cellMargin + 5
/** 采纳情况 and its like stand on one line. */
const unbroken = 4

/** The columns' shares of a turned page's width, in twentieths of a point. */
export function columnWidths(columns: Column[]): number[] {
  const page = turnedWidth
  const whole = columns.reduce((sum, { width }) => sum + width, 0)
  const shares = columns.map(({ header, width }) =>
    Math.max(least(header), Math.floor((width / whole) * page)),
  )
  const excess = shares.reduce((sum, share) => sum + share, 0) - page
  const widest = shares.indexOf(Math.max(...shares))
  return shares.map((share, i) => (i === widest ? share - Math.max(0, excess) : share))
}

function least(header: string): number {
  const characters = [...header].length
  return Math.max(narrowest, characters > unbroken ? 0 : characters * tableCharacter + 2 * cellMargin + 5)
}
