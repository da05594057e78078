import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { UnreadableDocument } from '../../../server/documents/reading/unreadable-document.ts'
import { aDocx, p, rels, root } from '../a-docx.ts'
import { type ZipPart, zip } from '../zip.ts'

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const frame = (document: string | Buffer, more: ZipPart[] = [], claims?: number): Buffer =>
  zip([
    {
      name: '_rels/.rels',
      content: rels(`<Relationship Id="m" Type="${office}" Target="word/document.xml"/>`),
    },
    { name: 'word/document.xml', content: document, claims },
    ...more,
  ])
const read = (bytes: Buffer) => readDocument({ filename: '稿.docx', bytes })
const body = (inside: string) => root('document', `<w:body>${inside}</w:body>`)
const honest = body(p('甲办法') + p('第一条　为了。'))

async function refusal(bytes: Buffer): Promise<string> {
  const error = await read(bytes).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UnreadableDocument)
  return error instanceof Error ? error.message : ''
}

test('a zip bomb is refused by what it claims, and by what it unpacks to when it lies', async () => {
  const huge = Buffer.alloc(60 * 1024 * 1024, ' ')
  expect(await refusal(frame(huge))).toMatch(/解压后过大/)
  expect(await refusal(frame(huge, [], 4096))).toMatch(/已损坏/)
})

test('100,000 entries are refused before any is read', async () => {
  const many = Array.from({ length: 100_000 }, (_, index) => ({ name: `word/${index}.xml`, content: '' }))
  expect(await refusal(frame(honest, many))).toMatch(/部件过多/)
})

test.each(['../evil.txt', '/etc/evil', 'word\\..\\evil', 'C:/evil'])(
  'the name %s is refused',
  async (name) => {
    expect(await refusal(frame(honest, [{ name, content: 'x' }]))).toMatch(/已损坏/)
    const written = ['.', '..', '/etc'].flatMap((folder) => readdirSync(folder))
    expect(written.filter((file) => /evil|^C:/.test(file))).toEqual([])
  },
)

test('one name twice, which readers would take differently, is refused', async () => {
  expect(await refusal(frame(honest, [{ name: 'word/document.xml', content: honest }]))).toMatch(/已损坏/)
})

test('a DTD is refused, so no entity is ever expanded', async () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="x/wordprocessingml/x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
  expect(await refusal(frame(laughs))).toMatch(/DTD/)
})

test('a part that points out of the file is refused, one that points to the network is not fetched', async () => {
  const relationships = rels('<Relationship Id="s" Type="x/styles" Target="../../../../etc/passwd"/>')
  const files = [{ name: 'word/_rels/document.xml.rels', content: relationships }]
  expect(await refusal(frame(honest, files))).toMatch(/路径/)
  const { notes } = await read(
    aDocx({
      body: p('甲办法') + p('第一条　为了。'),
      relationships:
        '<Relationship Id="s" Type="x/styles" Target="http://127.0.0.1:9/s" TargetMode="External"/>',
    }),
  )
  expect(notes).toEqual(['文件引用了 1 处外部内容，没有读取。'])
})

test('a file cut off anywhere is refused, never half read', async () => {
  const whole = frame(honest)
  for (let length = 4; length < whole.length; length += 37) {
    expect(await refusal(whole.subarray(0, length))).not.toBe('')
  }
})

test('broken XML, endless tags and nesting without end are refused', async () => {
  expect(await refusal(frame(honest.slice(0, -30)))).toMatch(/已损坏/)
  expect(await refusal(frame(Buffer.from([0xff, 0x00, 0x80, 0x3c])))).toMatch(/已损坏/)
  expect(await refusal(frame(body('<w:sdt>'.repeat(100_000))))).toMatch(/已损坏/)
  expect(await refusal(frame(body(`<w:p w:x="${'a'.repeat(2_000_000)}"/>`)))).toMatch(/已损坏/)
  expect(await refusal(frame(body(p('甲'.repeat(2_000_000)))))).toMatch(/已损坏/)
  expect(await refusal(frame(body(`<w:p>${'<w:r/>'.repeat(40_000)}</w:p>`)))).toMatch(/过于复杂/)
})

test('too much text is refused in words', async () => {
  expect(await refusal(frame(body(p('甲'.repeat(10_000)).repeat(400))))).toMatch(/文字过多/)
})

/** The collector may put its work off while the machine is busy; what counts is what the reader holds on to. */
const eagerCollector = ['--max-semi-space-size=1', '--optimize-for-size']

test('hostile files take less than 64 MB', { timeout: 120_000 }, () => {
  const megabytes = 1024 * 1024
  const files = {
    bomb: frame(Buffer.alloc(60 * megabytes, ' ')),
    tables: frame(body('<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'.repeat(600_000))),
    words: frame(body(p('甲'.repeat(100)).repeat(60_000))),
    runs: frame(body(`<w:p>${'<w:r><w:t>甲</w:t></w:r>'.repeat(7_000)}</w:p>`.repeat(80))),
    lists: frame(honest, [
      {
        name: 'word/_rels/document.xml.rels',
        content: rels(`<Relationship Id="n" Type="x/numbering" Target="n.xml"/>`),
      },
      { name: 'word/n.xml', content: root('numbering', '<w:num/>'.repeat(3_000_000)) },
    ]),
  }
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  writeFileSync(join(folder, 'honest'), frame(honest))
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(folder, name), bytes)
    const script = join(import.meta.dirname, 'memory-of-reading.ts')
    const files = [join(folder, 'honest'), join(folder, name)]
    const rise = Number(
      execFileSync(process.execPath, [...eagerCollector, script, ...files], {
        encoding: 'utf8',
      }),
    )
    expect.soft(rise, name).toBeLessThan(64 * megabytes)
  }
  rmSync(folder, { recursive: true })
})
