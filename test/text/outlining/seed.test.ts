import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withoutBlanks } from '../../../server/text/outlining/blanks.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'

const source = readFileSync('seeds/shanxi-old-revolutionary-areas.txt', 'utf8')
const facts = JSON.parse(readFileSync('seeds/shanxi-old-revolutionary-areas.json', 'utf8'))
const draft = readDraft(source)

test('the seed draft has its title, 8 headings and 23 clauses', () => {
  expect(draft.title).toBe('关于加快山西省革命老区振兴发展的实施意见（征求意见稿）')
  expect(draft.title).toBe(facts.title)
  const headings = draft.units.filter((unit) => unit.kind === 'heading')
  expect(headings.map((unit) => `${unit.label}${unit.text}`)).toEqual([
    '一、总体要求',
    '二、因地制宜发展特色优势产业',
    '三、促进区域城乡协调发展',
    '四、补齐基础设施和公共服务短板',
    '五、一体推进教育科技人才发展',
    '六、赓续传承红色血脉',
    '七、完善支持保障体系',
    '八、加强组织实施',
  ])
  const clauses = draft.units.filter((unit) => unit.kind === 'clause')
  expect(clauses.map((unit) => unit.key)).toEqual(Array.from({ length: 23 }, (_, index) => `p${index + 1}`))
  expect(draft.units.length).toBe(31)
})

test('its preamble, its unnumbered bodies and its numbered clauses are cited as officials cite them', () => {
  const citations = new Map(draft.units.map((unit) => [unit.key, unit.citation]))
  expect(citations.get('p1')).toBe('引言')
  expect(citations.get('p2')).toBe('一、')
  expect(citations.get('p3')).toBe('二、（一）')
  expect(citations.get('p22')).toBe('七、（二十）')
  expect(citations.get('p23')).toBe('八、')
})

test('each numbered clause opens with its heading sentence', () => {
  const opening = draft.units.filter((unit) => unit.heading !== null)
  expect(opening.length).toBe(20)
  for (const unit of opening) expect(unit.text.startsWith(unit.heading ?? '?')).toBe(true)
  expect(opening[0]?.heading).toBe('推进特优农业提质增效。')
})

test('nothing is left out but the leading 附件 and two bookmark marks', () => {
  expect(draft.artefacts.map((artefact) => artefact.text)).toEqual([
    '附件',
    '[bookmark: OLE_LINK2]',
    '[bookmark: _GoBack]',
  ])
  const joined = draft.title + draft.units.map((unit) => (unit.label ?? '') + unit.text).join('')
  const rest = source.replace('附件', '').replace(/\[bookmark: \w+\]/g, '')
  expect(withoutBlanks(joined)).toBe(withoutBlanks(rest))
  expect(proveCompleteness(source, draft)).toMatchObject({ holds: true, difference: null })
})

test('its regions are the 11 cities of Shanxi with their 117 counties, and 省外', () => {
  const cities = facts.regions.filter((region: { counties: string[] }) => region.counties.length > 0)
  expect(cities.length).toBe(11)
  expect(cities.flatMap((region: { counties: string[] }) => region.counties).length).toBe(117)
  expect(facts.regions.at(-1)).toEqual({ name: '省外', counties: [] })
})
