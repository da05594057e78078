import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import type { Block } from './blocks.ts'
import { attributeOf, gridOf, rowsOf } from './html-table.ts'
import { formatNumber } from './number-formats.ts'
import { UnreadableDocument } from './unreadable-document.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const mostTags = 100_000
const deepest = 200
const unseen = new Set(
  'head script style noscript template iframe object svg select textarea button'.split(' '),
)
const inlineTags = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q ruby s samp small span strong sub sup time tt u var wbr o:p'.split(
    ' ',
  ),
)
const listFormats: Record<string, string> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
}

/** Whether a text is a web page, rather than a text with a literal <BR> in it. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S]){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|h[1-6]|article|section|table)\b/i.test(
    text,
  )
}

/** Reads the visible paragraphs, tables and list numbers of a web page. */
export function readHtml(html: string): Block[] {
  if ((html.match(/</g)?.length ?? 0) > mostTags) {
    throw new UnreadableDocument('网页过于复杂，请把征求意见稿复制到 Word 或 WPS 里，另存为 .docx 再上传。')
  }
  const reader = new HtmlReader()
  reader.readAll(parse(html).childNodes, 0)
  reader.endParagraph()
  return reader.blocks
}

class HtmlReader {
  readonly blocks: Block[] = []
  private words = ''
  /** The number or bullet of a list item that no words have followed yet. */
  private marker = ''
  private outlineLevel: number | null = null
  private preformatted = false

  readAll(nodes: Node[], depth: number): void {
    if (depth > deepest) throw new UnreadableDocument('网页嵌套过深，请另存为 .docx 或 .txt 再上传。')
    for (const node of nodes) {
      if (node.nodeName === '#text' && 'value' in node) this.readText(node.value)
      else if ('tagName' in node && !isUnseen(node)) this.readElement(node, depth)
    }
  }

  private readText(value: string): void {
    if (!this.preformatted) {
      this.words += value.replace(/[ \t\r\n\f]+/g, ' ')
      return
    }
    const lines = value.split(/\r\n?|\n/)
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.endParagraph()
      this.words += line
    }
  }

  private readElement(element: Element, depth: number): void {
    const { tagName, childNodes } = element
    if (tagName === 'br') this.endParagraph()
    else if (inlineTags.has(tagName)) this.readAll(childNodes, depth + 1)
    else if (tagName === 'table') this.readTable(element, depth)
    else this.readBlock(element, depth)
  }

  private readBlock(element: Element, depth: number): void {
    const level = /^h([1-6])$/.exec(element.tagName)?.[1]
    this.endParagraph()
    this.outlineLevel = level === undefined ? null : Number(level) - 1
    this.preformatted = element.tagName === 'pre'
    if (element.tagName === 'ol' || element.tagName === 'ul') this.readList(element, depth)
    else this.readAll(element.childNodes, depth + 1)
    this.endParagraph()
    this.outlineLevel = null
    this.preformatted = false
  }

  private readList(list: Element, depth: number): void {
    let number = Number.parseInt(attributeOf(list, 'start') ?? '1', 10) || 1
    const format = listFormats[attributeOf(list, 'type') ?? ''] ?? 'decimal'
    for (const item of list.childNodes) {
      if (!('tagName' in item) || isUnseen(item)) continue
      this.endParagraph()
      if (item.tagName === 'li')
        this.marker = list.tagName === 'ol' ? `${formatNumber(number++, format)}. ` : '● '
      this.readAll([item], depth + 1)
    }
    this.endParagraph()
    this.marker = ''
  }

  /** A table of one column only lays the page out. */
  private readTable(table: Element, depth: number): void {
    const rows = rowsOf(table)
    this.endParagraph()
    if (rows.every((cells) => cells.length < 2)) {
      for (const cells of rows) for (const cell of cells) this.readBlock(cell, depth + 3)
    } else this.blocks.push({ table: gridOf(rows, (cell) => cellText(cell, depth + 3)) })
  }

  endParagraph(): void {
    const text = this.words.trim()
    if (text !== '') {
      this.blocks.push({ text: this.marker + text, outlineLevel: this.outlineLevel })
      this.marker = ''
    }
    this.words = ''
  }
}

function cellText(cell: Element, depth: number): string {
  const reader = new HtmlReader()
  reader.readAll(cell.childNodes, depth)
  reader.endParagraph()
  return reader.blocks
    .map((block) => ('table' in block ? block.table.map((row) => row.join('　')).join('\n') : block.text))
    .join('\n')
}

function isUnseen(element: Element): boolean {
  if (unseen.has(element.tagName) || attributeOf(element, 'hidden') !== null) return true
  return /display\s*:\s*none/i.test(attributeOf(element, 'style') ?? '')
}
