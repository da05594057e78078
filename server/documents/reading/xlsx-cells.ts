import { readXml } from './xml.ts'
import type { ZipArchive } from './zip-archive.ts'

/** What a cell's text depends on besides what is written in it. */
export interface CellFormats {
  strings: string[]
  /** Whether a number in this style is a date, by the style's place. */
  isDate: boolean[]
  from1904: boolean
}

interface WrittenCell {
  type: string
  style: number
  value: string
  inline: string
  formula: string
}

/** Formats of dates that are known by number alone: ECMA-376 part 1, 18.8.30, those of Chinese Excel included. */
const dateFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
const dayInMilliseconds = 86_400_000
const epochs = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) }

/** A cell as text: a date as its day, a number as its digits, a formula as what was last computed, or as it is written. */
export function cellText(
  { type, style, value, inline, formula }: WrittenCell,
  { strings, isDate, from1904 }: CellFormats,
): string {
  if (type === 's') return unescaped(strings[Number(value)] ?? '')
  if (type === 'inlineStr') return unescaped(inline)
  if (value === '') return formula === '' ? '' : `=${formula}`
  if (type === 'b') return value === '1' ? '是' : '否'
  if (type === 'd') return value.slice(0, 10)
  if (type === 'str' || type === 'e') return unescaped(value)
  return isDate[style] ? dayOf(Number(value), from1904) : digitsOf(value)
}

/** Excel writes what XML cannot carry, and an _x that it might take for that, as _x000D_ (part 1, 22.9.2.19). */
function unescaped(text: string): string {
  return text.replace(/_x([\da-fA-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Days are counted as Excel does, from a February of 1900 that had 29 days. */
function dayOf(serial: number, from1904: boolean): string {
  const epoch = from1904 ? epochs.from1904 : epochs.from1900
  const day = new Date(epoch + Math.floor(serial) * dayInMilliseconds)
  return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10)
}

/** A telephone number is kept as 1.3812345678E10. */
function digitsOf(value: string): string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? String(number) : value
}

/** Which styles of a workbook show a number as a date, by their places. */
export async function readFormats(archive: ZipArchive, part: string): Promise<boolean[]> {
  const written = new Map<number, string>()
  const styles: number[] = []
  let isInCells = false
  await readXml(archive.read(part), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'x:numFmt') written.set(Number(numFmtId), formatCode ?? '')
      if (name === 'x:cellXfs') isInCells = true
      if (name === 'x:xf' && isInCells) styles.push(Number(numFmtId))
    },
    close(name) {
      if (name === 'x:cellXfs') isInCells = false
    },
    text() {},
  })
  return styles.map((id) => dateFormats.has(id) || showsDay(written.get(id) ?? ''))
}

/** Whether a format has a year or a day outside what is quoted, escaped or bracketed. */
function showsDay(code: string): boolean {
  return /[yd]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, ''))
}
