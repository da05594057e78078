import { withoutBlanks } from '../../text/outlining/blanks.ts'
import type { Block } from '../reading/blocks.ts'
import { readDocx } from '../reading/docx.ts'
import { mainPart } from '../reading/docx-parts.ts'
import { UnreadableDocument } from '../reading/unreadable-document.ts'
import { ZipArchive } from '../reading/zip-archive.ts'
import {
  type Column,
  columns,
  type FormNumber,
  isPrinted,
  type PersonRow,
  personRows,
  readFormNumber,
} from './feedback-form-words.ts'

/** A row of the table of clauses, each cell as it was written; a column that is not there is empty. */
export type FilledRow = Record<Column, string>

export interface FilledForm {
  /** null where somebody took it away. */
  number: FormNumber | null
  person: Partial<Record<PersonRow, string>>
  rows: FilledRow[]
  /** Everything else that is in the file and was not printed in the blank form. */
  outside: string[]
  /** Chinese sentences about what is no text. */
  notes: string[]
}

/** The seed's form has 0.3 MB of XML; that of a thousand clauses, saved again by Word, some ten. */
const mostBytes = 16 * 1024 * 1024
/** The longest statute has some 2,500 clauses. */
const mostRows = 5000

/**
 * Reads an uploaded 意见反馈表. Word, WPS and people rearrange it: columns are told by their heads, rows about the person by
 * their labels, and whatever is neither is kept as `outside`.
 * @returns null where the file is no Word document or has no table of clauses
 * @throws UnreadableDocument where it is damaged or made to do harm
 */
export async function readFilledForm(bytes: Buffer): Promise<FilledForm | null> {
  if (bytes.toString('latin1', 0, 2) !== 'PK') return null
  const archive = await ZipArchive.open(bytes, mostBytes)
  const main = await mainPart(archive)
  if (main === null) return null
  const { blocks, notes } = await readDocx(archive, main)
  const reader = new FormReader()
  for (const block of blocks) reader.add(block)
  return reader.hasClauses ? { ...reader.form, notes } : null
}

type Place = Column | null

class FormReader {
  readonly form: Omit<FilledForm, 'notes'> = { number: null, person: {}, rows: [], outside: [] }
  private places: Place[] | null = null

  get hasClauses(): boolean {
    return this.places !== null
  }

  add(block: Block): void {
    if ('table' in block) this.addTable(block.table)
    else this.addParagraph(block.text)
  }

  private addParagraph(text: string): void {
    this.form.number ??= readFormNumber(text)
    if (!isPrinted(text)) this.form.outside.push(text)
  }

  /** A table that was split goes on without a head; below a head there is nothing about the person. */
  private addTable(rows: string[][]): void {
    let isBelowHead = false
    for (const cells of rows) {
      const head = headOf(cells)
      if (head) {
        this.places = head
        isBelowHead = true
      } else if (isBelowHead || !this.readPerson(cells)) this.addRow(cells)
    }
  }

  private addRow(cells: string[]): void {
    if (this.places && cells.length <= this.places.length) this.addClause(cells, this.places)
    else this.addOutside(cells)
  }

  private addClause(cells: string[], places: Place[]): void {
    if (this.form.rows.length >= mostRows) throw new UnreadableDocument('表里的行过多，未予读取。')
    const row: FilledRow = { clause: '', original: '', stance: '', body: '', wording: '' }
    for (const [at, cell] of cells.entries()) {
      const place = places[at]
      if (place) row[place] = [row[place], cell].filter(Boolean).join('\n')
      else if (!/^\d*$/.test(withoutBlanks(cell))) this.form.outside.push(cell)
    }
    this.form.rows.push(row)
  }

  /** 姓名 and what is written in the next cell, or behind the word itself; a row may hold two such pairs. */
  private readPerson(cells: string[]): boolean {
    const fields = Object.entries(personRows) as [PersonRow, (typeof personRows)[PersonRow]][]
    const labels = cells.map((cell) => fields.find(([, { sounds }]) => sounds.test(withoutBlanks(cell))))
    if (!labels[0]) return false
    for (const [at, label] of labels.entries()) {
      if (label) {
        const value = labels[at + 1] ? '' : (cells[at + 1] ?? '')
        this.form.person[label[0]] = [behindLabel(cells[at] ?? '', label[1]), value].filter(Boolean).join(' ')
      } else if (!labels[at - 1]) this.addOutside(cells.slice(at, at + 1))
    }
    return true
  }

  private addOutside(cells: string[]): void {
    const text = cells.filter((cell) => withoutBlanks(cell) !== '').join('　')
    if (text) this.form.outside.push(text)
  }
}

/** What each cell of a head row says its column is; null for any other row. */
function headOf(cells: string[]): Place[] | null {
  if (cells.some((cell) => withoutBlanks(cell).length > 20)) return null
  const order = ['original', 'clause', 'stance', 'wording', 'body'] as const
  const places = cells.map(
    (cell) => order.find((column) => columns[column].sounds.test(withoutBlanks(cell))) ?? null,
  )
  const has = (column: Column) => places.includes(column)
  return has('clause') && (has('body') || has('wording')) ? places : null
}

function behindLabel(cell: string, { name, sounds }: { name: string; sounds: RegExp }): string {
  const text = withoutBlanks(cell)
  const label = text.startsWith(name) ? name : (sounds.exec(text)?.[0] ?? '')
  return text
    .slice(label.length)
    .replace(/^(名称|人)?(（[^）]*）|\([^)]*\))*[:：]?/u, '')
    .trim()
}
