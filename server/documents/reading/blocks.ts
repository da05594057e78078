import { writeTable } from '../../text/outlining/tables.ts'

/** What every reader makes of a file: paragraphs and tables in document order. */
export type Block =
  | {
      text: string
      /** The rank that a heading style gives the paragraph, 0 for the highest; null for body text. */
      outlineLevel: number | null
    }
  | { table: string[][] }

/** The blocks as a source text for readDraft, one paragraph a line. */
export function sourceOf(blocks: Block[]): string {
  return blocks.map((block) => ('table' in block ? writeTable(block.table) : block.text)).join('\n')
}
