import { expect, test } from 'vitest'
import { clauseFinder } from '../../../server/text/cutting/clause-finder.ts'
import { cutsWith } from '../../../server/text/cutting/proposed-cuts.ts'
import { seedClauses } from './marked-letters.ts'

const finder = clauseFinder(seedClauses())

/* Letters on which careless rules search for ever; each must be cut while the test still runs. */
test.each([
  ...['\n', ' ', '。', '，', '（', '（一', '第', '第八条。', '，一是', '一、\n', '1.', '①', '另外，'],
  ...['因为\n', '谢谢', '甲 ', '甲。', '沁州黄小米。', '建议：一是甲，', '“', '\r\n', '𠮷'],
])('%j again and again', { timeout: 60_000 }, (piece) => {
  const letter = piece.repeat(100_000 / [...piece].length)
  expect(cutsWith(letter, finder).at(-1)?.end).toBe([...letter].length)
})
