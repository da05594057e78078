import { unzip } from './read-back.ts'

/** What a paragraph may hold itself (ISO/IEC 29500-1, 17.3.1.22), as far as the portal writes it. */
const inParagraphs = [
  'w:pPr',
  'w:r',
  'w:ins',
  'w:del',
  'w:commentRangeStart',
  'w:commentRangeEnd',
  'w:hyperlink',
]

/**
 * What Word would have to repair in a file, and what LibreOffice drops without a word: each rule stands for a fault that
 * Microsoft's OpenXmlValidator once found in a file of ours.
 */
export async function officeErrors(name: string, file: Buffer): Promise<string[]> {
  const xml = (await unzip(file)).get('word/document.xml')?.toString('utf8') ?? ''
  return [...strangers(xml), ...unpatterned(xml), ...sharedIds(xml), ...unendedCells(xml)].map(
    (error) => `${name}: ${error}`,
  )
}

/** What nobody is told who has a paper read aloud: where it begins, what a column is, what a picture shows. */
export async function unreadAloud(name: string, file: Buffer): Promise<string[]> {
  const xml = (await unzip(file)).get('word/document.xml')?.toString('utf8') ?? ''
  const tables = xml.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? []
  const pictures = xml.match(/<wp:docPr [^>]*>/g) ?? []
  return [
    ...(xml.includes('<w:pStyle w:val="Title"/>') ? [] : ['no paragraph is its title']),
    ...tables.filter((table) => !table.includes('<w:tblHeader/>')).map(() => 'a table has no header row'),
    ...pictures.filter((tag) => !/ descr="[^"]+"/.test(tag)).map(() => 'a picture says nothing of itself'),
  ].map((error) => `${name}: ${error}`)
}

function strangers(xml: string): string[] {
  const found = new Set<string>()
  const open: string[] = []
  for (const [, end, tag = '', alone] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (end) open.pop()
    else if (open.at(-1) === 'w:p' && !inParagraphs.includes(tag)) found.add(`${tag} stands beside the runs`)
    if (!end && !alone) open.push(tag)
  }
  return [...found]
}

function unpatterned(xml: string): string[] {
  return [...xml.matchAll(/<w:shd (?![^>]*w:val=)[^>]*>/g)].map(([tag]) => `${tag} names no pattern`)
}

function sharedIds(xml: string): string[] {
  const ids = [...xml.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id)
  return new Set(ids).size < ids.length ? [`pictures share an id: ${ids.join()}`] : []
}

function unendedCells(xml: string): string[] {
  return /(?<!<\/w:p>|<w:p\/>)<\/w:tc>/.test(xml) ? ['a cell does not end in a paragraph'] : []
}
