import type { Block } from './blocks.ts'
import { Counters } from './docx-counters.ts'
import type { Notes } from './docx-notes.ts'
import type { Lists } from './docx-numbering.ts'
import { type RawParagraph, readParagraph } from './docx-paragraph.ts'
import { type Styles, toNumber } from './docx-styles.ts'
import { TableReader } from './docx-table.ts'
import { UnreadableDocument } from './unreadable-document.ts'
import type { XmlHandlers } from './xml.ts'
import { TreeBuilder, type XmlElement } from './xml-tree.ts'

/** Five times the longest statute. */
const mostCharacters = 3_000_000

interface BodyContext {
  styles: Styles
  lists: Lists
  /** The texts of footnotes and endnotes by kind of reference and id. */
  footnotes: Map<string, string>
  notes: Notes
}

/** Reads the paragraphs and tables of a document's main part as its XML comes, one paragraph in memory at a time. */
export class BodyReader implements XmlHandlers {
  readonly blocks: Block[] = []
  private readonly context: BodyContext
  private readonly counters = new Counters()
  private readonly tables: TableReader[] = []
  private paragraph = new TreeBuilder()
  private skipping = 0
  private inRowProperties = false
  private unended = ''
  private characters = 0

  constructor(context: BodyContext) {
    this.context = context
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipping > 0 || this.isIdle(name)) this.skipping++
    else if (this.paragraph.isOpen || name === 'p') this.paragraph.begin(name, attributes)
    else this.openAround(name, attributes)
  }

  /** What says nothing: the second of two alternatives, and how letters look. */
  private isIdle(name: string): boolean {
    if (!this.paragraph.isOpen) return name === 'mc:Fallback'
    return this.paragraph.isIn('rPr') && name !== 'vanish' && name !== 'del'
  }

  /** Elements that hold paragraphs. */
  private openAround(name: string, attributes: Record<string, string>): void {
    const table = this.tables.at(-1)
    if (name === 'tbl') this.tables.push(new TableReader())
    else if (name === 'tr') table?.beginRow()
    else if (name === 'trPr') this.inRowProperties = true
    else if (name === 'del' && this.inRowProperties) this.deleteRow(table)
    else if (name === 'tc') table?.beginCell()
    else if (name === 'gridSpan') table?.spanCell(toNumber(attributes.val) ?? 1)
    else if (name === 'altChunk' || name === 'subDoc') this.context.notes.add('embedded')
  }

  private deleteRow(table: TableReader | undefined): void {
    table?.deleteRow()
    this.context.notes.add('tracked')
  }

  text(text: string): void {
    if (this.skipping === 0 && this.paragraph.isOpen) this.paragraph.text(text)
  }

  close(name: string): void {
    if (this.skipping > 0) this.skipping--
    else if (this.paragraph.isOpen) this.closeInParagraph()
    else if (name === 'trPr') this.inRowProperties = false
    else if (name === 'tbl') for (const block of this.tables.pop()?.blocks() ?? []) this.add(block)
  }

  private closeInParagraph(): void {
    const element = this.paragraph.end()
    if (!element) return
    this.paragraph = new TreeBuilder()
    this.readParagraph(element)
  }

  private readParagraph(element: XmlElement): void {
    const { footnotes, notes } = this.context
    const paragraph = readParagraph(element, footnotes, notes)
    if (paragraph.goesOn) {
      this.unended += paragraph.text
      notes.add('tracked')
    } else {
      this.addParagraph(paragraph, this.unended + paragraph.text)
      this.unended = ''
    }
    for (const box of paragraph.boxes) for (const inside of paragraphsIn(box)) this.readParagraph(inside)
  }

  private addParagraph(paragraph: RawParagraph, words: string): void {
    const style = this.context.styles.find(paragraph.styleId)
    const numId = paragraph.numId ?? style.numId
    const list = numId === null ? null : this.context.lists.find(numId)
    const ilvl = paragraph.ilvl ?? style.ilvl ?? this.context.lists.levelFor(numId ?? '', paragraph.styleId)
    const label = list && numId !== null ? this.counters.next(list, numId, ilvl) : ''
    const level = paragraph.outlineLevel ?? style.outlineLevel
    const outlineLevel = level !== null && level < 9 ? level : null
    for (const [index, line] of (label + words).split('\n').entries()) {
      if (line.trim() !== '') this.add({ text: line, outlineLevel: index === 0 ? outlineLevel : null })
    }
  }

  private add(block: Block): void {
    if ('text' in block) this.characters += block.text.length
    if (this.characters > mostCharacters) throw new UnreadableDocument('文件里的文字过多，请分成几份上传。')
    const table = this.tables.at(-1)
    if (table) table.add(block)
    else this.blocks.push(block)
  }
}

function* paragraphsIn(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'p') yield child
    else yield* paragraphsIn(child)
  }
}
