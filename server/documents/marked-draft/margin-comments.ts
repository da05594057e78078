import type { XmlHandlers } from '../reading/xml.ts'

const most = 5000

/** Reads 批注 from a Word file's part of comments: what each says, by its id. Who wrote it is not taken. */
export class MarginComments implements XmlHandlers {
  readonly texts = new Map<string, string>()
  private id: string | null = null
  private isText = false

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'comment') this.id = this.texts.size < most ? (attributes.id ?? null) : null
    else if (name === 't') this.isText = true
    else if ((name === 'br' || name === 'cr') && this.id !== null) this.add('\n')
  }

  text(text: string): void {
    if (this.isText && this.id !== null) this.add(text)
  }

  close(name: string): void {
    if (name === 't') this.isText = false
    else if (name === 'p' && this.id !== null) this.add('\n')
    else if (name === 'comment') this.id = null
  }

  private add(text: string): void {
    if (this.id !== null) this.texts.set(this.id, (this.texts.get(this.id) ?? '') + text)
  }
}
