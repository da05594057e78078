import { Notes } from './docx-notes.ts'
import { readParagraph } from './docx-paragraph.ts'
import type { XmlHandlers } from './xml.ts'
import { TreeBuilder } from './xml-tree.ts'

/** Collects the texts of footnotes.xml or endnotes.xml, to be written where they are referred to. */
export class FootnoteReader implements XmlHandlers {
  private readonly texts: Map<string, string>
  private paragraph = new TreeBuilder()
  private reference: string | null = null

  /** @param texts filled with the texts by kind of reference and id: `footnoteReference 2` */
  constructor(texts: Map<string, string>) {
    this.texts = texts
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.paragraph.isOpen || name === 'p') this.paragraph.begin(name, attributes)
    else if (name === 'footnote' || name === 'endnote') {
      // Separators between text and notes are notes as well, with a type.
      this.reference =
        attributes.type && attributes.type !== 'normal' ? null : `${name}Reference ${attributes.id}`
    }
  }

  text(text: string): void {
    if (this.paragraph.isOpen) this.paragraph.text(text)
  }

  close(): void {
    const element = this.paragraph.isOpen ? this.paragraph.end() : null
    if (!element) return
    this.paragraph = new TreeBuilder()
    const text = readParagraph(element, new Map(), new Notes()).text.replace(/\s+/g, ' ').trim()
    if (this.reference === null || text === '') return
    const before = this.texts.get(this.reference)
    this.texts.set(this.reference, before === undefined ? text : `${before} ${text}`)
  }
}
