import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { officialDocument, packed } from '../../../server/documents/formats/official-document.ts'
import { a4Section } from '../../../server/documents/formats/official-page.ts'
import {
  bodyParagraph,
  signedBy,
  textRuns,
  titleParagraph,
} from '../../../server/documents/formats/word-page.ts'
import { convert, hasLibreOffice } from '../libreoffice.ts'
import { part, unzip } from '../papers/read-back.ts'

const sentence = '征求意见的公告发布以来社会各界积极参与提出了许多好的意见和建议'
const organ = '山西省发展和改革委员会'
const section = (
  orientation: 'portrait' | 'landscape',
  children = [bodyParagraph(textRuns(sentence.repeat(60)))],
) => ({
  ...a4Section(orientation),
  children,
})
const signed = () => [...Array(3).keys()].map(() => bodyParagraph(textRuns(sentence)))

let file: Buffer
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'official-'))
  const short = {
    ...a4Section('portrait'),
    children: [
      titleParagraph('关于山西省革命老区振兴发展情况的说明（征求意见）'),
      ...signed(),
      ...signedBy(organ, '2026年12月1日'),
    ],
  }
  file = await packed(
    officialDocument({ title: '说明', sections: [section('portrait'), section('landscape'), short] }),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

test('the file says margins, lines and faces in words that Word and WPS read', async () => {
  const files = await unzip(file)
  const xml = part(files, 'word/document.xml').toString('utf8')
  expect(xml).toContain('<w:pgMar w:top="2097" w:right="1474" w:bottom="1984" w:left="1587"')
  expect(xml).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
  expect(xml).toMatch(/<w:pgSz w:w="16837" w:h="11905" w:orient="landscape"\/>/)
  expect(part(files, 'word/settings.xml').toString('utf8')).toContain('<w:evenAndOddHeaders/>')
  const fonts = part(files, 'word/fontTable.xml').toString('utf8')
  expect(fonts).toContain('<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>')
})

/** Millimetres from the left and the top of the page. */
interface Word {
  text: string
  left: number
  right: number
  top: number
  bottom: number
}

function pagesOf(pdf: Buffer): Word[][] {
  const path = join(folder, 'paper.pdf')
  writeFileSync(path, pdf)
  const html = execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  const mm = (points: string | undefined) => (Number(points) / 72) * 25.4
  return html
    .split('<page ')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)].map(
        ([, left, top, right, bottom, text = '']) => ({
          text,
          left: mm(left),
          right: mm(right),
          top: mm(top),
          bottom: mm(bottom),
        }),
      ),
    )
}

const isNumber = ({ text }: Word) => /^(—|\d+)$/.test(text)
const middle = ({ top, bottom }: Word) => (top + bottom) / 2

/** GB/T 9704-2012, as LibreOffice sets it: within a millimetre. */
test.skipIf(!hasLibreOffice)(
  'a page has 22 lines of 28 characters within its margins, and its number outside',
  () => {
    const pages = pagesOf(
      convert(new Map([['paper.docx', file]]), 'pdf', folder).get('paper.docx') ?? expect.unreachable(),
    )
    const [first = [], second = []] = pages
    for (const page of [first, second]) {
      const lines = page.filter((word) => !isNumber(word))
      expect(lines).toHaveLength(22)
      expect([...(lines[5]?.text ?? '')]).toHaveLength(28)
      expect(Math.min(...lines.map(({ left }) => left))).toBeCloseTo(28, 0)
      expect(Math.abs(Math.max(...lines.map(({ right }) => right)) - 184)).toBeLessThan(1)
      expect((lines[21]?.bottom ?? 0) - (lines[0]?.top ?? 0)).toBeLessThan(225)
      expect(middle(lines[0] ?? expect.unreachable()) - 225 / 44).toBeGreaterThan(36)
    }
    const numbers = [first, second].map((page) => page.filter(isNumber))
    expect(numbers.map((words) => words.map(({ text }) => text))).toEqual([
      ['—', '1', '—'],
      ['—', '2', '—'],
    ])
    const [odd = [], even = []] = numbers
    for (const [dash] of [odd, even])
      expect(Math.abs(middle(dash ?? expect.unreachable()) - (262 + 7))).toBeLessThan(1)
    // A character of 四号 in.
    expect(Math.abs((odd[2]?.right ?? 0) - (184 - 4.94))).toBeLessThan(1)
    expect(Math.abs((even[0]?.left ?? 0) - (28 + 4.94))).toBeLessThan(1)

    const turned = pages.find((page) => page.some(({ right }) => right > 215)) ?? expect.unreachable()
    const [dash, figure] = turned.filter(isNumber)
    expect(figure?.text).toMatch(/\d/)
    const text = turned.filter((word) => !isNumber(word))
    expect(Math.abs(Math.min(...text.map(({ left }) => left)) - 35)).toBeLessThan(1)
    // Where it would stand if the page were upright.
    const across = ((dash?.left ?? 0) + (dash?.right ?? 0)) / 2
    expect(Math.abs(across - (35 - 7))).toBeLessThan(1)

    const last = pages.at(-1) ?? []
    // A line of the title is not given two of the grid's.
    const [above, below] = last.slice(0, 2).map(middle)
    expect((below ?? 0) - (above ?? 0)).toBeLessThan(13)
    const day = last.find(({ text }) => text.includes('2026')) ?? expect.unreachable()
    const signer = last.find(({ text }) => text === organ) ?? expect.unreachable()
    const dayEnd = Math.max(
      ...last.filter(({ top }) => Math.abs(top - day.top) < 2).map(({ right }) => right),
    )
    expect(Math.abs(184 - dayEnd - 4 * 5.56)).toBeLessThan(1)
    // Programs set figures a little apart from words, which makes the day some millimetres longer than it is counted.
    expect(Math.abs((signer.left + signer.right) / 2 - (day.left + dayEnd) / 2)).toBeLessThan(3.5)
  },
)
