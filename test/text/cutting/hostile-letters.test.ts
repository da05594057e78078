import { expect, test } from 'vitest'
import { clauseFinder } from '../../../server/text/cutting/clause-finder.ts'
import { cutsWith } from '../../../server/text/cutting/proposed-cuts.ts'
import { seedClauses } from './marked-letters.ts'

const finder = clauseFinder(seedClauses())

/* Letters on which careless rules search for ever; each must be cut while the test still runs. */
test.each([
  ...[
    '\n',
    ' ',
    '　',
    '。',
    '，',
    '；',
    '、',
    '（',
    '（一',
    '第',
    '第八条',
    '第八条。',
    '一是',
    '，一是',
    '一、',
    '一、\n',
  ],
  ...[
    '1.',
    '1.\n',
    '①',
    '另外，',
    '因为',
    '因为\n',
    '关于',
    '谢谢\n',
    '谢谢',
    '好，',
    '祝',
    '年月',
    '甲 ',
    '甲\n',
    '甲。',
  ],
  ...['沁州黄小米。', '太绥高铁\n', '建议：一是甲，', '“', '《', '》', '\r\n', '\u200B', '𠮷'],
])('%j again and again', { timeout: 60_000 }, (piece) => {
  const letter = piece.repeat(100_000 / [...piece].length)
  expect(cutsWith(letter, finder).at(-1)?.end).toBe([...letter].length)
})
