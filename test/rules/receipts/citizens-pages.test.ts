import { expect, test } from 'vitest'
import { maskedName } from '../../../server/rules/comments/masked-name.ts'
import { readDisplay, withDisplay } from '../../../server/rules/display.ts'
import { receiptActs } from '../../../server/rules/receipts/receipt-acts.ts'
import { names, placeIn } from '../../../server/rules/submissions/places.ts'
import { nameClauses } from '../../../server/text/words/clause-names.ts'

test.each([
  ['朱小明', '朱**'],
  ['欧阳娜', '欧阳**'],
  ['𠮷野', '𠮷**'],
  ['John', 'J**'],
])('%s is shown as %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked)
})

test('links keep the display and nothing else', () => {
  const display = readDisplay({ lang: 'en', text: 'large', contrast: ['high'], x: '1' })
  expect(withDisplay('/a?b=1#c', display)).toBe('/a?b=1&lang=en&text=large#c')
  expect(withDisplay('/a#c', readDisplay(undefined))).toBe('/a#c')
})

test('a place is named by its short name, a city by its counties too', () => {
  const regions = [{ name: '长治市', counties: ['武乡县', '屯留区', '代县'] }]
  const named = (name: string, text: string) => {
    const place = placeIn(regions, name)
    return place !== null && names(text, place)
  }
  expect(named('长治市', '推进长治机场迁建')).toBe(true)
  expect(named('长治市', '支持武乡红色旅游')).toBe(true)
  expect(named('长治市武乡县', '推进长治机场迁建')).toBe(false)
  expect(named('长治市代县', '现代农业')).toBe(false)
  expect(named('月球', '月球')).toBe(false)
})

test('clauses without a number go by their part', () => {
  const unit = { kind: 'clause', key: null, label: null, heading: null, citation: '', text: '' }
  const given = nameClauses([
    { ...unit, key: 'p1', citation: '引言' },
    { ...unit, kind: 'heading', label: '一、', text: '总体要求', citation: '一、' },
    { ...unit, key: 'p2', citation: '一、' },
    { ...unit, key: 'p3', citation: '一、第二段' },
    { ...unit, key: 'p4', label: '（一）', heading: '保护红色资源。', citation: '一、（一）' },
    { ...unit, key: 'p5', label: '第七条', heading: '认养。', citation: '第七条' },
  ])
  expect([...given.values()].map(({ name }) => name)).toEqual([
    '引言',
    '一、总体要求',
    '一、总体要求第二段',
    '（一）保护红色资源',
    '第七条　认养',
  ])
  expect([...given.values()].map(({ inOutline }) => inOutline)).toEqual([
    '引言',
    '正文',
    '第二段',
    '（一）保护红色资源',
    '第七条　认养',
  ])
})

const waiting = { state: 'pending', review: 1, officeOnly: false, appealed: false, consultation: 'open' }
test.each([
  [{}, ['withdraw', 'revise']],
  [{ consultation: 'closed' }, ['withdraw']],
  [{ review: 2 }, ['withdraw']],
  [{ state: 'published' }, ['withdraw']],
  [{ state: 'refused' }, ['withdraw', 'appeal']],
  [{ state: 'refused', appealed: true }, ['withdraw']],
  [{ state: 'withheld' }, ['withdraw', 'appeal']],
  [{ state: 'withheld', officeOnly: true }, ['withdraw']],
  [{ state: 'withdrawn' }, []],
  [{ state: 'refused', consultation: 'concluded' }, []],
])('of a comment that is %j its author may %j', (change, acts) => {
  const possible = Object.entries(receiptActs({ ...waiting, ...change })).filter(([, may]) => may)
  expect(possible.map(([act]) => act)).toEqual(acts)
})
