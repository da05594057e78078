import { expect, test } from 'vitest'
import { changedSentences, ledSentences } from '../../../server/text/comparing/changed-sentences.ts'
import { differences } from '../../../server/text/comparing/differences.ts'
import { editsOf, merged } from '../../../server/text/comparing/merging.ts'

const clause = '加强领导。各级各部门要落实责任。建立考核机制，定期通报。'
const wish = (id: string, proposal: string, wording: string | null, exact: string | null) => ({
  id,
  edits: editsOf(clause, { proposal, wording, quote: exact === null ? null : { exact } }),
})
const said = (pieces: { change: string; text: string }[]) =>
  pieces.flatMap(({ change, text }) => (change === 'removed' ? [] : [text])).join('')

test('each changed sentence knows what led to it, and what names no words led to all of the clause', () => {
  const wishes = [
    wish('a', 'amend', '落实主体责任', '落实责任'),
    wish('b', 'amend', '每月通报', '定期通报'),
    { id: 'c', edits: [] },
  ]
  const changed = changedSentences(differences(clause, merged(clause, wishes).text))
  const { sentences, whole } = ledSentences(changed, wishes)
  expect(sentences.map((one) => [said(one.pieces), one.sources.map(({ id }) => id)])).toEqual([
    ['各级各部门要落实主体责任。', ['a']],
    ['建立考核机制，每月通报。', ['b']],
  ])
  expect(whole.map(({ id }) => id)).toEqual(['c'])
})

test('a sentence that is gone, and one that is new, stand for whoever wanted that', () => {
  const wishes = [
    wish('a', 'delete', null, '加强领导。'),
    wish('b', 'insert_after', '每年公布。', '定期通报。'),
  ]
  const changed = changedSentences(differences(clause, merged(clause, wishes).text))
  const { sentences, whole } = ledSentences(changed, wishes)
  expect(sentences.map(({ sources }) => sources.map(({ id }) => id))).toEqual([['a'], ['b']])
  expect(whole).toEqual([])
})

test('nothing changed is no sentence, and of all sentences joined nothing is lost', () => {
  expect(changedSentences(differences(clause, clause))).toEqual([])
  const all = changedSentences(differences('甲。乙', '丙丁。戊；己'))
  expect(all.map(({ pieces }) => said(pieces)).join('')).toBe('丙丁。戊；己')
})

test('in 2,000 clauses each wish that was met stands with a sentence that it changed', () => {
  let state = 11
  const chance = (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
  const text = Array.from({ length: 6 }, (_, i) => `${'天地玄黄宇宙'[i]}字第${i}句要落实。`).join('')
  const length = [...text].length
  for (let round = 0; round < 2_000; round++) {
    const wanted = []
    for (let place = chance(6); place < length - 2; place += 3 + chance(12)) {
      const end = place + 1 + chance(2)
      wanted.push({
        id: `w${place}`,
        edits: [{ start: place, end, text: ['甲', '𠮷', '乙丙'][chance(3)] ?? '' }],
      })
      place = end
    }
    const { text: now, met } = merged(text, wanted)
    const { sentences, whole } = ledSentences(changedSentences(differences(text, now)), wanted)
    expect(whole, now).toEqual([])
    expect(new Set(sentences.flatMap(({ sources }) => sources.map(({ id }) => id)))).toEqual(new Set(met))
  }
})
