import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proposeMapping } from '../../../server/text/comparing/mapping.ts'

const old = [
  '为了规范城市公园管理，提升公园品质，保障公园功能，制定本条例。',
  '本市行政区域内公园的规划、建设、保护、利用和管理，适用本条例。',
  '公园应当每日开放，开放时间由公园管理机构确定并公示。恶劣天气时可以临时关闭，并及时告知公众。',
  '游客应当爱护花草树木，不得攀折花枝，不得在草坪上焚烧物品。',
  '任何人不得在公园内从事下列行为：摆摊设点、捕鱼捞虾、采摘果实。',
].map((text, index) => ({ key: `p${index + 1}`, text }))
const texts = old.map(({ text }) => text)
const propose = (after: string[]) =>
  proposeMapping(old, after).map(({ relation, from }) => [relation, ...from].join(' '))

test('the same text is unchanged, whatever its number has become', () => {
  expect(propose(texts)).toEqual([
    'unchanged p1',
    'unchanged p2',
    'unchanged p3',
    'unchanged p4',
    'unchanged p5',
  ])
})

test('a new clause in between and one left out leave the others as they were', () => {
  const [one = '', two = '', three = '', , five = ''] = texts
  const added = '鼓励社会力量以捐赠、认养等方式参与公园的建设与养护。'
  expect(propose([one, added, two, three, five])).toEqual([
    'unchanged p1',
    'new',
    'unchanged p2',
    'unchanged p3',
    'unchanged p5',
  ])
})

test('a changed wording is told from a change of place', () => {
  const [one = '', two = '', three = '', four = '', five = ''] = texts
  const reworded = four.replace('焚烧物品', '焚烧物品、燃放烟花爆竹')
  expect(propose([five, one, two, three, reworded])).toEqual([
    'moved p5',
    'unchanged p1',
    'unchanged p2',
    'unchanged p3',
    'reworded p4',
  ])
})

test('a clause parted in two, and two joined in one', () => {
  const [one = '', two = '', three = '', four = '', five = ''] = texts
  const [opening = '', closing = ''] = three.split('恶劣')
  expect(propose([one, two, opening, `恶劣${closing}`, four + five])).toEqual([
    'unchanged p1',
    'unchanged p2',
    'split p3',
    'split p3',
    'merged p5 p4',
  ])
})

test('a text rewritten between neighbours that stayed is taken for its successor; an alien one is new', () => {
  const [one = '', two = '', , four = '', five = ''] = texts
  const rewritten = '公园开放时间应当公示；遇有大型活动需要调整的，提前三日公告。'
  expect(propose([one, two, rewritten, four, five])[2]).toBe('reworded p3')
  expect(propose([one, two, '收费标准依法核定。', four, five])[2]).toBe('new')
})

test('nothing before makes everything new, nothing after maps nothing', () => {
  expect(proposeMapping([], texts).every(({ relation }) => relation === 'new')).toBe(true)
  expect(proposeMapping(old, [])).toEqual([])
})

const clause = fc
  .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 30, maxLength: 60 })
  .map((codes) => `${String.fromCodePoint(...codes)}。`)
const clauses = fc.uniqueArray(clause, { minLength: 2, maxLength: 12 })
const keyed = (all: string[]) => all.map((text, index) => ({ key: `p${index + 1}`, text }))

test('whatever the order, each clause comes from its own text; the steady ones are unchanged', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(
      clauses.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
      ),
      ([all, order]) => {
        const mapped = proposeMapping(
          keyed(all),
          order.map((index) => all[index] ?? ''),
        )
        expect(mapped.map(({ from }) => from)).toEqual(order.map((index) => [`p${index + 1}`]))
        for (const { relation } of mapped) expect(['unchanged', 'moved']).toContain(relation)
        if (order.every((index, place) => index === place)) {
          expect(mapped.every(({ relation }) => relation === 'unchanged')).toBe(true)
        }
      },
    ),
  )
})

/** What a drafter does to one clause of the first round. */
type Change = 'keep' | 'reword' | 'delete' | 'insert before' | 'split' | 'merge with next'
const change = fc.constantFrom<Change>(
  'keep',
  'reword',
  'delete',
  'insert before',
  'split',
  'merge with next',
)

test('what drafters do is told from the texts', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      clauses,
      fc.array(change, { minLength: 12, maxLength: 12 }),
      fc.array(clause, { minLength: 12, maxLength: 12 }),
      (all, changes, others) => {
        const after: string[] = []
        const expected: string[] = []
        const expectNext = (text: string, relation: string) => {
          after.push(text)
          expected.push(relation)
        }
        for (let index = 0; index < all.length; index++) {
          const text = all[index] ?? ''
          const key = `p${index + 1}`
          const next = all[index + 1]
          switch (changes[index]) {
            case 'reword':
              expectNext(`${text.slice(0, 12)}修改${text.slice(14)}`, `reworded ${key}`)
              break
            case 'delete':
              break
            case 'insert before':
              expectNext(others[index] ?? '', 'new ')
              expectNext(text, `unchanged ${key}`)
              break
            case 'split':
              expectNext(text.slice(0, text.length / 2), `split ${key}`)
              expectNext(text.slice(text.length / 2), `split ${key}`)
              break
            case 'merge with next':
              if (next === undefined) expectNext(text, `unchanged ${key}`)
              else expectNext(text + next, `merged ${[key, `p${index + 2}`].sort().join(',')}`)
              index++
              break
            default:
              expectNext(text, `unchanged ${key}`)
          }
        }
        const found = proposeMapping(keyed(all), after).map(
          ({ relation, from }) => `${relation} ${[...from].sort().join(',')}`,
        )
        expect(found).toEqual(expected)
      },
    ),
  )
})

test('a thousand clauses of the same few words, all rewritten, are mapped', { timeout: 60_000 }, () => {
  const words = [
    '公园',
    '管理',
    '应当',
    '规划',
    '建设',
    '保护',
    '设施',
    '游客',
    '养护',
    '公示',
    '标准',
    '单位',
  ]
  const write = (seed: number) =>
    Array.from({ length: 1000 }, (_, index) =>
      Array.from({ length: 60 }, (_, at) => words[(index * 7 + at * (seed + index)) % words.length]).join(''),
    )
  expect(proposeMapping(keyed(write(3)), write(5)).length).toBe(1000)
})
