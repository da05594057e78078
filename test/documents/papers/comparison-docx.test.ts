import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ComparedRow, compareRounds } from '../../../server/documents/papers/comparison.ts'
import { writeComparisonDocx } from '../../../server/documents/papers/comparison-docx.ts'
import { ZipArchive } from '../../../server/documents/reading/zip-archive.ts'
import { proposeMapping } from '../../../server/text/comparing/mapping.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'

const first = readDraft(
  '甲条例\n第一章　总则\n第一条　公园应当每日开放，并公示时间。\n第二条　游客应当爱护花草，不得攀折。\n第三条　本条例自公布之日起施行。',
)
const second = readDraft(
  '甲条例\n第一章　总则\n第一条　鼓励社会捐赠认养。\n第二条　公园应当每天免费开放，并公示时间。\n第三条　本条例自公布之日起施行。',
)

function rowsOf(): ComparedRow[] {
  const keyed = first.units.flatMap(({ key, text }) => (key === null ? [] : [{ key, text }]))
  const positions = [...second.units.keys()].filter((position) => second.units[position]?.key !== null)
  const mapped = proposeMapping(
    keyed,
    positions.map((position) => second.units[position]?.text ?? ''),
  )
  const sources = new Map(positions.map((position, place) => [position, mapped[place]?.from ?? []]))
  const relations = new Map(positions.map((position, place) => [position, mapped[place]?.relation ?? 'new']))
  return compareRounds(first.units, second.units, sources, relations, new Map())
}

/** The cells of a Word file's table: removed words in [], added ones in {}. */
async function cellsOf(rows: ComparedRow[]): Promise<string[][]> {
  const bytes = await writeComparisonDocx('甲条例　第1稿与第2稿对照。', rows)
  const archive = await ZipArchive.open(bytes)
  let xml = ''
  for await (const chunk of archive.read('word/document.xml')) xml += chunk.toString()
  const runText = (run: string) => {
    const text = (run.match(/<w:t[ >][^<]*/g) ?? []).map((each) => each.replace(/^<w:t[^>]*>/, '')).join('')
    if (run.includes('<w:strike/>')) return `[${text}]`
    return run.includes('<w:u ') ? `{${text}}` : text
  }
  return (xml.match(/<w:tr[ >].*?<\/w:tr>/gs) ?? []).map((row) =>
    (row.match(/<w:tc[ >].*?<\/w:tc>/gs) ?? []).map((cell) =>
      (cell.match(/<w:r[ >].*?<\/w:r>/gs) ?? []).map(runText).join(''),
    ),
  )
}

test('old and new stand side by side with their words marked, the dropped clause at its place', async () => {
  expect(await cellsOf(rowsOf())).toEqual([
    ['原条款', '修改后条款', '说明'],
    ['第一章　总则'],
    ['', '第一条　{鼓励社会捐赠认养。}', '新增'],
    [
      '第一条　公园应当[每日]开放，并公示时间。',
      '第二条　公园应当{每天免费}开放，并公示时间。',
      '有修改（原第一条）',
    ],
    ['[第二条　游客应当爱护花草，不得攀折。]', '', '删去'],
    ['第三条没有修改，略。'],
  ])
})

test('whatever was merged, each old clause shows its own words', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'甲乙丙丁，。'), minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), text, async (olds, after) => {
      const before = olds.map((each, index) => ({
        key: `p${index + 1}`,
        label: null,
        citation: '',
        text: each,
      }))
      const rows = compareRounds(
        before,
        [{ key: 'p1', label: null, citation: '', text: after }],
        new Map([[0, before.map(({ key }) => key)]]),
        new Map(),
        new Map(),
      )
      const [, cells = []] = await cellsOf(rows)
      expect(cells[0]?.replace(/[[\]]/g, '')).toBe(olds.join(''))
      expect(cells[1]?.replace(/[{}]/g, '')).toBe(after)
    }),
    { numRuns: 30 },
  )
})
