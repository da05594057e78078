import { expect, test } from 'vitest'
import { changesDraft, isEmptyPhrase } from '../../../server/rules/answers/one-voice.ts'

test.each(['将认真研究。', '认真研究吸纳', '已研究，感谢您的建议！', '我们会认真考虑。'])(
  '%s is an empty phrase',
  (reason) => {
    expect(isEmptyPhrase(reason)).toBe(true)
  },
)

test.each(['已在第三条写明三十日的时限。', '认真研究后，因与上位法第八条不一致未采纳。', '采纳，已改。'])(
  '%s says something',
  (reason) => {
    expect(isEmptyPhrase(reason)).toBe(false)
  },
)

test('what is adopted changes the draft, in whole or in part', () => {
  expect(['adopted', 'partly_adopted', 'not_adopted', 'explained'].map(changesDraft)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
