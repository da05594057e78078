import { expect, test } from 'vitest'
import { UnstorableText } from '../../db/errors.ts'
import { storableText } from '../../db/storable.ts'

test.each(['', '意见', '\u{20bb7}野家', 'a\nb\t'])('%j is stored as it is', (text) => {
  expect(storableText(text)).toBe(text)
})

test.each(['a\0b', '\ud842', '\udfb7意见', '意\udfb7\ud842见'])(
  '%j is refused, which no engine keeps',
  (text) => {
    expect(() => storableText(text)).toThrow(UnstorableText)
  },
)
