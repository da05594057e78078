import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clauseFinder } from '../../../server/text/cutting/clause-finder.ts'
import { letterSentences } from '../../../server/text/cutting/letter-sentences.ts'
import { cutsWith, proposedCuts } from '../../../server/text/cutting/proposed-cuts.ts'
import { seedClauses } from './marked-letters.ts'
import { letters } from './random-letters.ts'

const clauses = seedClauses()
const finder = clauseFinder(clauses)
/** Each cut as `clause: its text`, － where it asks for nothing. */
const told = (letter: string) =>
  cutsWith(letter, finder).map(({ start, end, kind, clause }) => {
    const text = [...letter].slice(start, end).join('').trim()
    return `${kind === 'point' ? (clause ?? '?') : '-'}: ${text}`
  })

test('greeting, introduction, thanks and signature are no points, and what leads in goes with them', () => {
  expect(
    told(
      '各位领导好，我是武乡县的一个农民。现提出以下意见：\n农村公路坏了没人修。\n谢谢领导。\n王立新\n2026年11月20日',
    ),
  ).toEqual([
    '-: 各位领导好，我是武乡县的一个农民。现提出以下意见：',
    'p10: 农村公路坏了没人修。',
    '-: 谢谢领导。\n王立新\n2026年11月20日',
  ])
})

test('each item, each paragraph and each turn is a point', () => {
  expect(told('关于第八条，我建议：一是太绥高铁设站；二是修农村公路；三是通水。')).toEqual([
    'p10: 关于第八条，我建议：一是太绥高铁设站；',
    'p10: 二是修农村公路；',
    'p10: 三是通水。',
  ])
  expect(told('沁州黄小米要有补贴。另外，村里红色旅游的讲解员太少。').length).toBe(2)
  expect(told('1、沁州黄小米要有补贴。2、讲解员太少。\n3、昔榆高速早通车。').length).toBe(3)
})

test('reasons and examples stay with what they are given for', () => {
  expect(told('建议第十条只保留县医院。\n理由是：乡镇没有医生。\n例如我们乡。\n第三条也要改。')).toEqual([
    'p12: 建议第十条只保留县医院。\n理由是：乡镇没有医生。\n例如我们乡。',
    'p5: 第三条也要改。',
  ])
  expect(told('吴家庄水库要缓建。好处，一是省钱，二是省地。').length).toBe(1)
})

test('what approves is a point, in whatever words it is wrapped', () => {
  expect(told('谢谢各位领导，我完全赞成。')).toEqual(['?: 谢谢各位领导，我完全赞成。'])
  expect(told('对其他内容无意见。')).toEqual(['?: 对其他内容无意见。'])
})

test('the proposals, joined, are the letter, and part only between sentences', () => {
  fc.assert(
    fc.property(letters, (letter) => {
      const sentences = letterSentences(letter)
      const bounds = new Set(sentences.map(({ start }) => start))
      const cuts = cutsWith(letter, finder)
      expect(cuts.map(({ start, end }) => [...letter].slice(start, end).join('')).join('')).toBe(letter)
      for (const { start, end } of cuts) {
        expect(bounds).toContain(start)
        expect(end).toBeGreaterThan(start)
      }
    }),
    { numRuns: 1000 },
  )
})

test('whatever stands around it, 赞成 is never among what asks for nothing', () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const letter = `${before}赞成${after}`
      const at = [...before].length
      const cut = cutsWith(letter, finder).find(({ start, end }) => start <= at && at < end)
      expect(cut?.kind).toBe('point')
    }),
    { numRuns: 1000 },
  )
})

test('it is the same for one letter as for many', () => {
  fc.assert(
    fc.property(letters, (letter) => {
      expect(proposedCuts(letter, clauses)).toEqual(cutsWith(letter, finder))
    }),
    { numRuns: 20 },
  )
})

test('what stands between thanks and thanks is a point, unless it follows 以上', () => {
  expect(told('感谢修了路。河水还是黄的。谢谢。')).toEqual(['p13: 感谢修了路。河水还是黄的。', '-: 谢谢。'])
  expect(told('讲解员太少。\n以上是我们的话。相信会好的！\n敬礼\n王立新')[1]).toBe(
    '-: 以上是我们的话。相信会好的！\n敬礼\n王立新',
  )
})

test('the lines of a broken paragraph, and a wish after what is wrong, go on with the same', () => {
  expect(told('县里招人年年招不满，\n好不容易来一个，\n第二年又走了。').length).toBe(1)
  expect(told('卫生院的救护车打不着火。\n\n希望配一辆新的。').length).toBe(1)
  expect(told('我赞成办研学。\n希望不收费。').length).toBe(2)
})

test('where lines begin with a turn, a paragraph that does not goes on with the one before', () => {
  expect(told('首先，修路。\n那条路断了三年。\n其次，水管冻了。\n龙头不出水。')).toEqual([
    expect.stringMatching(/: 首先，修路。\n那条路断了三年。$/u),
    expect.stringMatching(/: 其次，水管冻了。\n龙头不出水。$/u),
  ])
})
