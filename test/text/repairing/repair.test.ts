import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Draft, readDraft } from '../../../server/text/outlining/outline.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'
import { type Repair, repair, replay } from '../../../server/text/repairing/repair.ts'
import { ImpossibleRepair } from '../../../server/text/repairing/repair-units.ts'

const source = `附件
关于甲的意见
（征求意见稿）
为了甲，提出如下意见。
一、总体要求
[bookmark: A]（一）坚持原则。按照原则办理。
（二）明确目标。到2030年[bookmark: B]完成目标。
任务\t单位
甲\t乙
二、加强领导
各市要落实。
某省人民政府
2026年11月23日
`
const read = readDraft(source)
const shown = (draft: Draft) => [
  `题 ${draft.title}`,
  ...draft.units.map(({ key, kind, level, label, text }) =>
    [key ?? kind, level, (label ?? '') + text.replaceAll('\n', '/')].join(' '),
  ),
]
const units = (draft: Draft, ...texts: string[]) =>
  texts.map((text) => draft.units.findIndex((unit) => unit.text.startsWith(text)))
const place = (draft: Draft, text: string) => units(draft, text)[0] ?? -1

test('a clause rises to a heading, level by level, and sinks back', () => {
  const unit = place(read, '各市')
  const raised = repair(read, { act: 'raise', unit })
  expect(raised.units[unit]).toMatchObject({ kind: 'heading', level: 2, key: null, text: '各市要落实。' })
  const higher = repair(raised, { act: 'raise', unit })
  expect(higher.units[unit]).toMatchObject({ kind: 'heading', level: 1 })
  const back = replay(higher, [
    { act: 'lower', unit },
    { act: 'lower', unit },
  ])
  expect(back).toEqual(read)
})

test('clauses are counted and cited anew after each step', () => {
  const unit = place(read, '总体要求')
  const draft = repair(read, { act: 'lower', unit })
  expect(draft.units.map((each) => each.key)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5', null, 'p6'])
  expect(draft.units[2]).toMatchObject({ citation: '一、（一）', level: 2 })
})

test('the first heading can become the title, and the title a heading', () => {
  const lowered = repair(read, { act: 'lower', unit: 'title' })
  expect(lowered.title).toBe('')
  expect(lowered.units[0]).toMatchObject({ kind: 'heading', level: 1, text: read.title })
  expect(repair(lowered, { act: 'raise', unit: 0 })).toEqual(read)
})

test('a paragraph is split where the person points, and what begins with a number is numbered', () => {
  const draft = readDraft('甲办法\n第一条　甲。第二条乙。\n第三条　丙。')
  const parted = repair(draft, { act: 'split', unit: 0, at: 2 })
  expect(shown(parted)).toEqual(['题 甲办法', 'p1 1 第一条甲。', 'p2 1 第二条乙。', 'p3 1 第三条丙。'])
  expect(parted.units[1]?.citation).toBe('第二条')
  expect(repair(parted, { act: 'merge', unit: 0 })).toEqual(draft)
})

test('a number that is none goes back into the text, and one that was overlooked is taken up', () => {
  const unit = place(read, '坚持原则')
  const plain = repair(read, { act: 'unnumber', unit })
  expect(plain.units[unit]).toMatchObject({ label: null, text: '（一）坚持原则。按照原则办理。' })
  expect(repair(plain, { act: 'number', unit })).toEqual(read)
})

test('what is set aside is listed with its reason and comes back to its place', () => {
  const unit = place(read, '任务')
  const without = repair(read, { act: 'set_aside', unit, reason: '不属于正文' })
  expect(without.artefacts.find((artefact) => artefact.reason === '不属于正文')?.text).toBe(
    '任务\t单位\n甲\t乙',
  )
  const artefact = without.artefacts.findIndex(({ reason }) => reason === '不属于正文')
  expect(repair(without, { act: 'bring_back', artefact })).toEqual(read)
})

test('a mark comes back into the middle of the text it stood in', () => {
  const artefact = read.artefacts.findIndex(({ text }) => text === '[bookmark: B]')
  const draft = repair(read, { act: 'bring_back', artefact })
  expect(draft.units[place(draft, '明确')]?.text).toBe('明确目标。到2030年[bookmark: B]完成目标。')
})

test('what comes back before the title turns the title into a heading that a person can raise again', () => {
  const draft = repair(read, { act: 'bring_back', artefact: 0 })
  expect(shown(draft).slice(0, 3)).toEqual(['题 ', 'p1 1 附件', `heading 1 ${read.title}`])
})

test.each<[Repair, RegExp]>([
  [{ act: 'raise', unit: 99 }, /请刷新页面/],
  [{ act: 'lower', unit: 0 }, /已经是正文/],
  [{ act: 'raise', unit: place(read, '加强') }, /最高一级/],
  [{ act: 'raise', unit: place(read, '任务') }, /表格/],
  [{ act: 'merge', unit: read.units.length - 1 }, /没有可以合并/],
  [{ act: 'merge', unit: place(read, '明确') }, /表格/],
  [{ act: 'split', unit: 0, at: 0 }, /段落中间/],
  [{ act: 'split', unit: 0, at: 1.5 }, /段落中间/],
  [{ act: 'split', unit: 0, at: 10_000 }, /段落中间/],
  [{ act: 'number', unit: 0 }, /没有可以识别的序号/],
  [{ act: 'unnumber', unit: 0 }, /没有序号/],
  [{ act: 'bring_back', artefact: -1 }, /请刷新页面/],
])('%j is refused in words', (step, message) => {
  expect(() => repair(read, step)).toThrow(ImpossibleRepair)
  expect(() => repair(read, step)).toThrow(message)
})

const index = fc.nat({ max: 12 })
const step: fc.Arbitrary<Repair> = fc.oneof(
  fc.record({ act: fc.constantFrom('raise', 'merge', 'number', 'unnumber'), unit: index }),
  fc.record({ act: fc.constant('lower'), unit: fc.oneof(index, fc.constant('title' as const)) }),
  fc.record({ act: fc.constant('split'), unit: index, at: fc.nat({ max: 20 }) }),
  fc.record({ act: fc.constant('set_aside'), unit: index, reason: fc.constant('不属于正文') }),
  fc.record({ act: fc.constant('bring_back'), artefact: fc.nat({ max: 6 }) }),
)

test('whatever is done, nothing is lost, and replaying the steps but the last undoes it', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (attempts) => {
      const done: Repair[] = []
      let draft = read
      for (const attempt of attempts) {
        try {
          draft = repair(draft, attempt)
        } catch (error) {
          if (error instanceof ImpossibleRepair) continue
          throw error
        }
        done.push(attempt)
        expect(proveCompleteness(source, draft)).toMatchObject({ holds: true, difference: null })
      }
      expect(replay(read, done)).toEqual(draft)
    }),
    { numRuns: 300 },
  )
})
