import { ZipArchive } from '../../../server/documents/reading/zip-archive.ts'
import { zip } from '../zip.ts'

/** A Word file with its main part's XML changed, as somebody's word processor would write it. */
export async function editDocx(bytes: Buffer, edit: (xml: string) => string): Promise<Buffer> {
  const archive = await ZipArchive.open(bytes)
  const parts = []
  for (const name of archive.names) {
    const chunks: Buffer[] = []
    for await (const chunk of archive.read(name)) chunks.push(chunk)
    const content = Buffer.concat(chunks).toString('utf8')
    parts.push({ name, content: name === 'word/document.xml' ? edit(content) : content })
  }
  return zip(parts)
}

/** A cell in which each line is a paragraph; `properties` is the inside of w:tcPr. */
function cellOf(text: string, properties = ''): string {
  const lines = text
    .split('\n')
    .map((line) => `<w:p><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`)
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${lines.join('')}</w:tc>`
}

export function rowOf(cells: string[]): string {
  return `<w:tr>${cells.map((cell) => cellOf(cell)).join('')}</w:tr>`
}

/** Writes cells of the row that holds `mark`, by their place in it; null leaves a cell as it is. */
export function writeRow(xml: string, mark: string, cells: (string | null)[], more = ''): string {
  return xml.replace(/<w:tr>.*?<\/w:tr>|<w:tr [^>]*>.*?<\/w:tr>/gs, (row) => {
    if (!row.includes(mark)) return row
    let place = 0
    const written = row.replace(/<w:tc>.*?<\/w:tc>/gs, (cell) => {
      const text = cells[place++]
      return typeof text === 'string' ? cellOf(text) : cell
    })
    return written + more
  })
}
