import { expect, test } from 'vitest'
import { differences } from '../../../server/text/comparing/differences.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'

/* Texts on which a careless pattern searches for ever; each must be read while the test still runs. */
test.each([
  ['blanks inside a line', `甲\n乙${'　 '.repeat(300_000)}乙`],
  ['blanks inside a label', `甲\n附${' '.repeat(300_000)}件\n第${' '.repeat(300_000)}条`],
  ['marks that never end', `甲\n${'[bookmark:'.repeat(100_000)}${'<br '.repeat(100_000)}`],
  ['dots after an entry of the contents', `甲办法\n目录\n第一章${'.'.repeat(300_000)}x\n第一章`],
  ['brackets that never close', `甲\n${'（一'.repeat(300_000)}`],
  ['one line of a hundred thousand sentences', `甲\n一、${'乙。'.repeat(100_000)}`],
  ['twenty thousand lines that could be titles', `关于征求意见的公告\n${'短行\n'.repeat(20_000)}`],
  [
    'blank lines after lines that a converter broke',
    `甲\n${`${'乙'.repeat(20)}\n`.repeat(6)}${'\n'.repeat(100_000)}`,
  ],
  ['numbered lines with tabs', `甲\n${'1.短行\t乙\n'.repeat(20_000)}`],
  ['twenty thousand lists of one item', `甲\n${'1.短行\n'.repeat(20_000)}`],
])('%s', { timeout: 60_000 }, (_, source) => {
  expect(proveCompleteness(source, readDraft(source)).holds).toBe(true)
})

test('two long texts without a word in common are told as one replaced by the other', {
  timeout: 60_000,
}, () => {
  const before = '甲乙丙丁'.repeat(5000)
  const after = '戊己庚辛'.repeat(5000)
  expect(differences(before, after)).toEqual([
    { change: 'removed', text: before },
    { change: 'added', text: after },
  ])
})
