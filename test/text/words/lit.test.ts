import { expect, test } from 'vitest'
import { lit } from '../../../server/text/words/lit.ts'

const shown = (text: string, query: string) =>
  lit(text, query)
    .map((piece) => (piece.lit ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['请写明办理时限。', '时限', '请写明办理[时限]。'],
  ['老区，振兴发展', '老区振兴', '[老区]，[振兴]发展'],
  ['执行ＧＢ/T 9704标准', 'gb', '执行[ＧＢ]/T 9704标准'],
  ['时限和期限', '时限 期限', '[时限]和[期限]'],
  ['限时办结', '限', '[限]时办结'],
  ['𠮷林的老区', '老区', '𠮷林的[老区]'],
  ['沁源县在沁县西，古县北有古源县', '沁源县', '[沁源县]在沁县西，古县北有古源县'],
  ['沁县的路，源县的水', '沁源县', '沁县的路，[源县]的水'],
  ['贷款要贴息，息要贴够', '贴息贷款', '[贷款]要[贴息]，息要贴够'],
  ['没有它', '时限', '没有它'],
  ['什么都不找', '，。', '什么都不找'],
  ['', '时限', ''],
])('%s, where %s is looked for', (text, query, expected) => {
  expect(shown(text, query)).toBe(expected)
})
