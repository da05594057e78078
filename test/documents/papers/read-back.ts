import { buffer } from 'node:stream/consumers'
import { parseCsvObjects } from 'hucre/csv'
import { expect } from 'vitest'
import { fromBufferPromise } from 'yauzl'

export type Files = Map<string, Buffer>

/** The files of an archive, a workbook or a Word document, by name. */
export async function unzip(file: Buffer): Promise<Files> {
  const zip = await fromBufferPromise(file)
  const files: Files = new Map()
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  }
  return files
}

export function part(files: Files, name: string): Buffer {
  return files.get(name) ?? expect.unreachable(`${name} is missing from ${[...files.keys()].join('、')}`)
}

/** The rows of a CSV by the names in its header. */
export function csvRows(file: Buffer): Record<string, string>[] {
  return parseCsvObjects(file.toString('utf8'), { header: true }).data as Record<string, string>[]
}

/** The texts of a Word document's tables, row by row, without their headers. */
export async function wordTables(file: Buffer): Promise<string[][][]> {
  const xml = part(await unzip(file), 'word/document.xml').toString('utf8')
  return (xml.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? []).map((table) =>
    (table.match(/<w:tr>.*?<\/w:tr>/gs) ?? [])
      .slice(1)
      .map((row) => (row.match(/<w:tc>.*?<\/w:tc>/gs) ?? []).map(textOf)),
  )
}

function textOf(xml: string): string {
  return xml
    .replace(/<w:br\/>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Everything that stands in a file, the parts of a package and of an archive in it included. */
export async function allText(name: string, file: Buffer): Promise<string> {
  if (!/\.(docx|xlsx|zip)$/.test(name)) return file.toString('utf8')
  const inside = await Promise.all(
    [...(await unzip(file))].map(async ([inner, content]) => `${inner}\n${await allText(inner, content)}`),
  )
  return inside.join('\n')
}
