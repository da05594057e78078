import { UnreadableDocument } from '../reading/unreadable-document.ts'
import type { XmlHandlers } from '../reading/xml.ts'

/** A piece of a paragraph: as it was, struck out or written in under tracking, with the ids of the comments on it. */
export interface MarkedPiece {
  text: string
  kind: 'kept' | 'deleted' | 'inserted'
  comments: readonly string[]
}

/** A paragraph as it was before the changes. */
export type MarkedParagraph = MarkedPiece[]

const mostCharacters = 3_000_000
/** So many comments at most stand on one word. */
const mostAtOnce = 50
const kinds: Readonly<Record<string, MarkedPiece['kind']>> = {
  del: 'deleted',
  moveFrom: 'deleted',
  ins: 'inserted',
  moveTo: 'inserted',
}

/** Reads the tracked changes and the places of comments in a document's main part as its XML comes. */
export class MarkedParagraphs implements XmlHandlers {
  readonly paragraphs: MarkedParagraph[] = []
  private pieces: MarkedPiece[] = []
  private readonly changes: MarkedPiece['kind'][] = []
  private readonly comments = new Set<string>()
  private readonly ranged = new Set<string>()
  private isText = false
  private skipping = 0
  private inProperties = 0
  private endIsNew = false
  private characters = 0

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipping > 0 || name === 'mc:Fallback') this.skipping++
    else if (name === 'pPr' || name === 'rPr' || this.inProperties > 0) this.openProperty(name)
    else if (kinds[name]) this.changes.push(kinds[name])
    else if (name === 't' || name === 'delText') this.isText = true
    else if (name === 'commentRangeStart') this.begin(attributes.id ?? '')
    else if (name === 'commentRangeEnd') this.comments.delete(attributes.id ?? '')
    else if (name === 'commentReference') this.refer(attributes.id ?? '')
    else if (name === 'tab') this.add('　')
    else if (name === 'br' || name === 'cr') this.add('\n')
  }

  /** A paragraph's end that was written in: before the change it went on in the next. */
  private openProperty(name: string): void {
    this.inProperties++
    if (name === 'ins') this.endIsNew = true
  }

  text(text: string): void {
    if (this.isText && this.skipping === 0) this.add(text)
  }

  close(name: string): void {
    if (this.skipping > 0) this.skipping--
    else if (this.inProperties > 0) this.inProperties--
    else if (kinds[name]) this.changes.pop()
    else if (name === 't' || name === 'delText') this.isText = false
    else if (name === 'p') this.endParagraph()
  }

  private begin(id: string): void {
    if (this.comments.size >= mostAtOnce) return
    this.comments.add(id)
    this.ranged.add(id)
  }

  /** One that was set at a place without a range stands on what is before it. */
  private refer(id: string): void {
    if (this.ranged.has(id)) return
    const last = this.pieces.at(-1) ?? { text: '', kind: 'kept' as const, comments: [] }
    if (last.comments.length >= mostAtOnce) return
    this.pieces[Math.max(this.pieces.length - 1, 0)] = { ...last, comments: [...last.comments, id] }
  }

  private add(text: string): void {
    this.characters += text.length
    if (this.characters > mostCharacters) throw new UnreadableDocument('文件里的文字过多，请分成几份上传。')
    this.pieces.push({ text, kind: this.changes.at(-1) ?? 'kept', comments: [...this.comments] })
  }

  private endParagraph(): void {
    if (this.endIsNew) this.pieces.push({ text: '\n', kind: 'inserted', comments: [] })
    else {
      if (this.pieces.length > 0) this.paragraphs.push(this.pieces)
      this.pieces = []
    }
    this.endIsNew = false
  }

  /** What was written in behind the last paragraph. */
  end(): MarkedParagraph[] {
    if (this.pieces.length > 0) this.paragraphs.push(this.pieces)
    this.pieces = []
    return this.paragraphs
  }
}

/** A paragraph as it was, and as it would read. */
export function textsOf(pieces: readonly MarkedPiece[]): { before: string; after: string } {
  const without = (kind: MarkedPiece['kind']) =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map(({ text }) => text)
      .join('')
  return { before: without('inserted'), after: without('deleted') }
}
