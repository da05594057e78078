import { readLabel } from './labels.ts'
import { isPageNumber } from './shapes.ts'

/** A text whose lines a converter broke at one width, as copying from a PDF does. */
interface Wrapping {
  /** How many full-width characters fill a line. */
  width: number
  /** Whether paragraphs begin with an indent, so that a line without one goes on. */
  indented: boolean
}

/** Fewer full lines than this tell nothing; a shorter or longer line is not a page's. */
const fewestLines = 5
const shortestWidth = 15
const longestWidth = 60
/** A closing bracket or comma may hang over the line's end or pull a character to the next. */
const slack = 2

const sentenceEnd = /[。；：！？;:!?][”’」』）)]*$/u
const indent = /^(?:\u3000{2}|[ \u00a0]{4})/u
const inTable = /[\t\u2028]/
const latin = /[A-Za-z0-9]/

/**
 * The lines with those joined that a converter broke. A page number between two of them is set off by form feeds, which
 * a line has none of itself. Only blanks are added or taken away.
 */
export function unwrap(lines: string[]): string[] {
  const wrapping = wrappingOf(lines)
  if (!wrapping) return lines
  const joined: string[] = []
  for (let index = 0; index < lines.length; ) {
    let last = lines[index++] ?? ''
    let paragraph = last
    while (fills(last, wrapping)) {
      const next = past(lines, index)
      const line = lines[next?.index ?? index] ?? ''
      if (!next || !goesOn(last, line, wrapping)) break
      paragraph += next.pages.map((page) => `\f${page}\f`).join('') + seam(last, line) + line
      last = line
      index = next.index + 1
    }
    joined.push(paragraph)
  }
  return joined
}

/**
 * How a text is wrapped: most of its lines are equally wide, and most of those end within a sentence.
 * @param lines as they stand, blanks included
 * @returns null where each paragraph is one line
 */
export function wrappingOf(lines: string[]): Wrapping | null {
  const written = lines.map((line) => line.trimEnd()).filter((line) => line !== '' && !isPageNumber(line))
  const widths = written.map(widthOf)
  const width = commonest(widths)
  if (width < shortestWidth || width > longestWidth) return null
  const full = written.filter((_, index) => Math.abs((widths[index] ?? 0) - width) <= slack)
  if (full.length < fewestLines) return null
  const broken = full.filter((line) => !sentenceEnd.test(line))
  if (full.length < written.length / 2 || broken.length < full.length * 0.6) return null
  return { width, indented: written.filter((line) => indent.test(line)).length > 1 }
}

/** Only a line that fills its width goes on, so what follows a blank one need not be looked for. */
function fills(line: string, { width }: Wrapping): boolean {
  return widthOf(line.trimEnd()) >= width - slack
}

/** Where the words after a line are: in the next line, or past the numbers of pages, with blank lines around them. */
function past(lines: string[], start: number): { index: number; pages: string[] } | null {
  const pages: string[] = []
  for (let index = start; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (isPageNumber(line)) pages.push(line.trim())
    else if (line.trim() !== '') return index === start || pages.length > 0 ? { index, pages } : null
  }
  return null
}

function goesOn(line: string, next: string, { indented }: Wrapping): boolean {
  if (inTable.test(line) || inTable.test(next) || indent.test(next)) return false
  const label = readLabel(next.trim())
  if (label && !label.doubt) return false
  return indented || !sentenceEnd.test(line.trimEnd())
}

/** What stands between two lines that are joined: nothing in Chinese, a blank between Latin words. */
function seam(line: string, next: string): string {
  return latin.test(line.at(-1) ?? '') && latin.test(next[0] ?? '') ? ' ' : ''
}

function widthOf(line: string): number {
  let width = 0
  for (const character of line) width += (character.codePointAt(0) ?? 0) < 0x2000 ? 0.5 : 1
  return Math.round(width)
}

function commonest(widths: number[]): number {
  const times = new Map<number, number>()
  for (const width of widths) times.set(width, (times.get(width) ?? 0) + 1)
  return [...times].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0])[0]
}
