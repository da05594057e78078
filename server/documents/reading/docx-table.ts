import type { Block } from './blocks.ts'

interface DocxCell {
  blocks: Block[]
  span: number
}
interface DocxRow {
  cells: DocxCell[]
  deleted: boolean
}

/** A table while it is being read. */
export class TableReader {
  private readonly rows: DocxRow[] = []

  beginRow(): void {
    this.rows.push({ cells: [], deleted: false })
  }

  beginCell(): void {
    this.rows.at(-1)?.cells.push({ blocks: [], span: 1 })
  }

  spanCell(columns: number): void {
    const cell = this.rows.at(-1)?.cells.at(-1)
    if (cell) cell.span = Math.min(Math.max(columns, 1), 64)
  }

  deleteRow(): void {
    const row = this.rows.at(-1)
    if (row) row.deleted = true
  }

  add(block: Block): void {
    this.rows.at(-1)?.cells.at(-1)?.blocks.push(block)
  }

  /** A table of one column only frames paragraphs, so these stand by themselves. */
  blocks(): Block[] {
    const rows = this.rows.filter(({ deleted }) => !deleted)
    if (rows.every(({ cells }) => cells.length < 2)) {
      return rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.blocks))
    }
    const table = rows.map(({ cells }) =>
      cells.flatMap(({ blocks, span }) => [cellText(blocks), ...Array<string>(span - 1).fill('')]),
    )
    return table.some((row) => row.some((cell) => cell !== '')) ? [{ table }] : []
  }
}

/** A table inside a cell is read row by row. */
function cellText(blocks: Block[]): string {
  return blocks
    .map((block) => ('table' in block ? block.table.map((row) => row.join('　')).join('\n') : block.text))
    .join('\n')
}
