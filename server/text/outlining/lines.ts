import { countCharacters, trimBlanks } from './blanks.ts'
import { isPageNumber } from './shapes.ts'
import { cellBreak, readTable, tabbedLines, tableText, writeTable } from './tables.ts'
import { unwrap } from './wrapped-lines.ts'

/** Something in the source that is no part of the draft, and why. */
export interface Artefact {
  text: string
  reason: string
  /** Where its first character stood: the characters of the source before it, blanks not counted. */
  at: number
}

/** One paragraph of the source, without the blanks at its ends and without converters' marks. */
export interface Line {
  text: string
  /** Where its first character stood: the characters of the source before it, blanks not counted. */
  at: number
  /** Rows of cells, where the paragraph is a table. */
  table: string[][] | null
}

const marks = /(\[bookmark:[^\]\n]{0,200}\]|<br\s{0,9}\/?>|&nbsp;|[\u2400-\u2421]+|\f[^\f]{1,40}\f)/i

/**
 * The paragraphs of a text, one a line, and the marks and page numbers that converters left in it.
 * A literal <BR> ends a paragraph; lines that a converter broke are joined (see wrapped-lines.ts). A table is one line (see tables.ts) or several with tabs.
 */
export function readLines(source: string): { lines: Line[]; artefacts: Artefact[] } {
  const lines: Line[] = []
  const artefacts: Artefact[] = []
  let at = 0
  for (const paragraph of paragraphs(source)) {
    const inTable = readTable(paragraph) !== null
    let text = ''
    let start = at
    const endParagraph = () => {
      const line = lineOf(text, start)
      if (isPageNumber(line.text)) artefacts.push({ text: line.text, reason: '页码', at: start })
      else if (line.text !== '') lines.push(line)
      text = ''
    }
    for (const [index, piece] of paragraph.split(marks).entries()) {
      if (index % 2 === 1) {
        artefacts.push({ text: trimBlanks(piece), reason: reasonFor(piece), at })
        if (/^<br/i.test(piece) && inTable) text += cellBreak
        else if (/^<br/i.test(piece)) endParagraph()
      } else {
        if (trimBlanks(text) === '') start = at
        text += piece
      }
      at += countCharacters(piece)
    }
    endParagraph()
  }
  return { lines, artefacts }
}

function* paragraphs(source: string): Generator<string> {
  const raw = unwrap(source.split(/\r\n|[\n\r\v\f\u0085]/u))
  for (let index = 0; index < raw.length; ) {
    const { count, isTable } = tabbedLines(raw, index)
    const lines = raw.slice(index, index + count)
    if (isTable) yield writeTable(lines.map((row) => trimBlanks(row).split('\t')))
    else for (const line of lines) yield* paragraphsIn(line)
    index += count
  }
}

function paragraphsIn(line: string): string[] {
  return readTable(line) ? [line] : line.split(/[\u2028\u2029]/)
}

function lineOf(text: string, at: number): Line {
  const table = readTable(text)
  return table ? { text: tableText(table), at, table } : { text: trimBlanks(text), at, table: null }
}

function reasonFor(mark: string): string {
  if (mark.startsWith('\f')) return '页码'
  if (mark.startsWith('[')) return '转换软件留下的书签标记'
  if (mark.startsWith('<')) return '网页换行标记'
  return mark.startsWith('&') ? '网页空格标记' : '不可见的控制字符'
}
