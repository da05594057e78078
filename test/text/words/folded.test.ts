import { expect, test } from 'vitest'
import { folded } from '../../../server/text/words/folded.ts'
import { lit } from '../../../server/text/words/lit.ts'

const said = (pieces: { text: string }[] | null) => pieces?.map(({ text }) => text).join('') ?? ''

test('a text of 400 characters stands as it is, and a longer one to the end of a sentence', () => {
  expect(folded(lit('字'.repeat(400), '')).rest).toBeNull()
  const sentence = `${'𠮷'.repeat(99)}。`
  const { head, rest, more, isLit } = folded(lit(sentence.repeat(5), ''))
  expect(said(head)).toBe(sentence.repeat(2))
  expect(said(rest)).toBe(sentence.repeat(3))
  expect([more, isLit]).toEqual([300, false])
})

test('where no sentence ends it is cut all the same, and nothing is lost', () => {
  const text = '字'.repeat(1000)
  const { head, rest } = folded(lit(text, ''))
  expect([...said(head)]).toHaveLength(280)
  expect(said(head) + said(rest)).toBe(text)
})

test('what was looked for is lit on both sides, and the rest stands open where it is in there', () => {
  const text = `${'字'.repeat(300)}冷链${'字'.repeat(300)}`
  const { rest, isLit } = folded(lit(text, '冷链'))
  expect(rest?.filter(({ lit }) => lit)).toEqual([{ text: '冷链', lit: true }])
  expect(isLit).toBe(true)
  expect(folded(lit(`冷链${text.replaceAll('冷链', '')}`, '冷链')).isLit).toBe(false)
})
