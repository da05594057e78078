import { expect, test } from 'vitest'
import { writeXlsx } from '../../../server/documents/formats/xlsx.ts'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { readTable } from '../../../server/documents/reading/read-table.ts'
import { UnreadableDocument } from '../../../server/documents/reading/unreadable-document.ts'
import { aDocx, p } from '../a-docx.ts'

/** The file again and again, each time with another bit of the packed bytes of one entry turned. */
function* damagedIn(file: Buffer, entry: string): Generator<Buffer> {
  const header = file.indexOf(entry) - 30
  const begin = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28)
  const next = file.indexOf('PK', begin)
  for (let at = begin; at < next; at++) {
    const damaged = Buffer.from(file)
    damaged.writeUInt8(file.readUInt8(at) ^ (1 << (at % 8)), at)
    yield damaged
  }
}

/**
 * What those who send files damaged in this entry are told, each sentence once. The last byte of what is packed may hold
 * bits that say nothing, so some file may also be read as it was.
 */
async function sentences(file: Buffer, entry: string, read: (file: Buffer) => Promise<string>) {
  const whole = await read(file)
  const told = new Set<string>()
  for (const damaged of damagedIn(file, entry)) {
    try {
      const text = await read(damaged)
      if (text !== whole) told.add(`read otherwise: ${text}`)
    } catch (error) {
      told.add(error instanceof UnreadableDocument ? error.message : String(error))
    }
  }
  return [...told].sort()
}

test('a Word file damaged inside is refused with what to do, never read otherwise', async () => {
  const clauses = ['第一条　为了规范管理，制定本办法。', '第二条　本办法自公布之日起施行。']
  const file = aDocx({ body: ['管理办法', ...clauses].map((text) => p(text)).join('') })
  const read = async (bytes: Buffer) => (await readDocument({ filename: '稿.docx', bytes })).source
  expect(await sentences(file, 'word/document.xml', read)).toEqual([
    '文件内容已损坏，请用 Word 或 WPS 打开后另存为新的 .docx 再上传。',
    '文件已损坏或者不完整，请用 Word 或 WPS 重新保存后再上传。',
  ])
})

test('a workbook damaged inside is refused with what to do, never read otherwise', async () => {
  const columns = ['文号', '内容'].map((header) => ({ header, width: 10 }))
  const rows = [['老促函〔2026〕3号', '请写明时限，并说明由谁负责。']]
  const sheet = { name: '意见', columns, rows, frozenColumns: 0 }
  const file = Buffer.concat(await writeXlsx([sheet]).toArray())
  const limits = { rows: 100, columns: 10, characters: 10_000 }
  const read = async (bytes: Buffer) => JSON.stringify(await readTable(bytes, limits))
  expect(await sentences(file, 'xl/worksheets/sheet1.xml', read)).toEqual([
    '表格读不出来，可能已损坏、过大或者不是 .xlsx：请用 Excel 或 WPS 表格打开，另存为新的 .xlsx 或者 CSV 再上传。',
  ])
})
