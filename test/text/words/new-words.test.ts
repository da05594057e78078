import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { draftWords, placeWords } from '../../../server/text/words/draft-words.ts'
import { wordsOf } from '../../../server/text/words/key-terms.ts'
import { newWords } from '../../../server/text/words/new-words.ts'
import { wordCutter } from '../../../server/text/words/word-cutter.ts'
import { opinions } from '../opinions.ts'
import { demonstrationTexts, seedDraft } from './seed-texts.ts'

/** The sentences in which words are looked for: a draft's lines are long. */
const sentences = (texts: string[]) => texts.flatMap((text) => text.split(/[。\n]/u))

test('of the first 200 words that are discovered, those that a person read and found to be words are at least 95 %', () => {
  const texts = [
    ...sentences(seedDraft().texts),
    ...demonstrationTexts(),
    ...opinions().map(({ text }) => text),
  ]
  const found = newWords(texts)
    .slice(0, 200)
    .map(({ word }) => word)
  const marks = new Map(
    readFileSync('test/fixtures/words/discovered.tsv', 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t').slice(0, 2) as [string, string]),
  )
  expect(found.filter((word) => !marks.has(word))).toEqual([])
  const right = found.filter((word) => marks.get(word) === 'yes')
  expect(right.length / found.length).toBeGreaterThanOrEqual(0.95)
})

test('the words of the demonstration are found: of its draft, its places, and what is named three at once', () => {
  const { texts, regions } = seedDraft()
  const known = [
    ...draftWords(texts),
    ...placeWords(regions),
    ...newWords(demonstrationTexts()).map(({ word }) => word),
  ]
  for (const word of [
    '沁源县',
    '沁源',
    '特优农业',
    '太行一号旅游公路',
    '黄河一号旅游公路',
    '低空经济',
    '有机旱作·晋品',
  ])
    expect(known).toContain(word)
  const cut = wordCutter(known)
  expect([...wordsOf('沁源县想发展特优农业，贷款能不能贴息；太行一号旅游公路修到村口了。', cut)]).toEqual(
    expect.arrayContaining(['沁源县', '特优农业', '贷款', '贴息', '太行一号旅游公路', '村口']),
  )
})

test('a word has to stand in three texts, between changing neighbours, and to hold together', () => {
  const said = (texts: string[]) => newWords(texts).map(({ word }) => word)
  const filler = Array.from(
    { length: 40 },
    (_, i) => `第${i}条写得很好，文件里的话要让人看得懂，路要修到家门口。`,
  )
  const three = ['新修的岢岚站很好', '他去岢岚看病', '到岢岚的车少']
  expect(said([...filler, ...three])).toContain('岢岚')
  expect(said([...filler, ...three.slice(0, 2)])).not.toContain('岢岚')
  expect(said([...filler, ...three.slice(0, 2), three[0] ?? ''])).not.toContain('岢岚')
  const fixed = ['老岢岚县的路', '老岢岚县的水', '老岢岚县的电']
  expect(said([...filler, ...fixed])).not.toContain('岢岚')
  expect(said([])).toEqual([])
})

test('what is cited or quoted is one word, whatever it is made of', () => {
  expect(draftWords(['依照《土地管理法》和“三品一标”行动', '《意见（征求意见稿）》'])).toEqual([
    '土地管理法',
    '三品一标',
  ])
  expect(draftWords(['完善资金、政策、机制三个方面的保障'])).toEqual([])
})
