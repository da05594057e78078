import { parseCsv } from 'hucre/csv'
import { type TableLimits, type TableRow, TooMuch } from './table-rows.ts'
import { decodeText } from './text-file.ts'
import { UnreadableDocument } from './unreadable-document.ts'
import { readWorksheet } from './xlsx-worksheet.ts'
import { ZipArchive } from './zip-archive.ts'

const saveAgain = '请用 Excel 或 WPS 表格打开，另存为新的 .xlsx 或者 CSV 再上传。'
const refusals: [RegExp, string][] = [
  [/^d0cf11e0/, `这是旧格式的 .xls、.et 文件或者加了密码的文件，${saveAgain}`],
  [/^(?:..)*255044462d/, '这是 PDF，请把内容录入模板表格后上传。'],
  [/^(?:89504e47|ffd8ff|47494638|424d)/, '这是图片，请把内容录入模板表格后上传。'],
]

/**
 * Reads an uploaded table, told by its content: the first sheet of an .xlsx, or CSV in UTF-8, UTF-16 or GB18030. Every
 * cell is text: a formula is never computed, a date is its day.
 * @throws UnreadableDocument with a sentence that says what to do, for every other file and every damaged one
 */
export async function readTable(bytes: Buffer, limits: TableLimits): Promise<TableRow[]> {
  const head = bytes.toString('hex', 0, 64)
  const advice = refusals.find(([begins]) => begins.test(head))?.[1]
  if (advice) throw new UnreadableDocument(advice)
  if (head === '') throw new UnreadableDocument('文件是空的，请检查后重新上传。')
  const rows = head.startsWith('504b') ? await readXlsx(bytes, limits) : readCsv(bytes, limits)
  return rows.flatMap(({ number, cells }) => {
    const texts = cells.map((cell) => cell.replaceAll('\r\n', '\n').trim())
    return texts.some((text) => text !== '') ? [{ number, cells: texts }] : []
  })
}

async function readXlsx(bytes: Buffer, limits: TableLimits): Promise<TableRow[]> {
  try {
    return await readWorksheet(await ZipArchive.open(bytes), limits)
  } catch (error) {
    if (!(error instanceof UnreadableDocument) || error instanceof TooMuch) throw error
    throw new UnreadableDocument(`表格读不出来，可能已损坏、过大或者不是 .xlsx：${saveAgain}`)
  }
}

function readCsv(bytes: Buffer, limits: TableLimits): TableRow[] {
  const { text } = decodeText(bytes)
  const [firstLine = ''] = text.split('\n', 1)
  const delimiter = firstLine.includes('\t') ? '\t' : ','
  const rows = parseCsv(text, { delimiter, maxRows: limits.rows + 1 })
  if (rows.length > limits.rows) throw new TooMuch(limits)
  return rows.map((cells, i) => ({
    number: i + 1,
    cells: cells.slice(0, limits.columns).map((cell) => unquoted(String(cell ?? ''))),
  }))
}

/** What this portal writes as a text so that no spreadsheet runs it (OWASP, CSV injection) is read back as it was. */
function unquoted(cell: string): string {
  return /^'\s*[=+\-@]/.test(cell) ? cell.slice(1) : cell
}
