import { expect, test } from 'vitest'
import { printable, unprintableIn } from '../../../server/text/words/printable.ts'

const inTags = (text: string) =>
  [...text].map((character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('')

test('what shows nothing and says something to a machine is shown as marks', () => {
  for (const hidden of [inTags('a'), '\u{e0001}', '\u{e007f}', '\u206a', '\ufff9', '\ufffb'])
    expect(printable(`甲${hidden}乙`), hidden.codePointAt(0)?.toString(16)).toBe('甲\ufffd乙')
  expect(unprintableIn(`意见${inTags('13800138000')}`)).toBe(11)
})

test('what belongs to a character stays with it: forms of Chinese characters, joined emoji', () => {
  const written = '葛\u{e0100}城的👨\u200d👩\u200d👧，❤\ufe0f'
  expect(printable(written)).toBe(written)
})
