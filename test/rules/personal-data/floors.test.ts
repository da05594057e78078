import { expect, test } from 'vitest'
import { markedTexts } from './marked-texts.ts'
import { type Group, measuredTexts } from './measured-texts.ts'

/** In percent of what is marked, and of what is found, on the half of the texts that nobody looked at. */
const floors: [group: Group, recall: number, precision: number][] = [
  ['numbers', 95, 85],
  ['names', 85, 85],
  ['addresses', 80, 85],
]

const { seen, unseen } = markedTexts()

test('the halves are what they were when the rules were written', () => {
  const spans = (texts: typeof seen) => texts.reduce((sum, { marked }) => sum + marked.length, 0)
  expect([seen.length, spans(seen), unseen.length, spans(unseen)]).toEqual([343, 248, 344, 352])
})

test.each(floors)(
  'of %s at least %d of 100 are found, and %d of 100 found are some',
  (group, recall, precision) => {
    for (const [half, texts] of Object.entries({ seen, unseen })) {
      const { marked, matched, found, right } = measuredTexts(texts).groups[group]
      process.stdout.write(`${half} ${group}: recall ${matched}/${marked}, precision ${right}/${found}\n`)
      expect(100 * matched, `${half}: recall ${matched}/${marked}`).toBeGreaterThanOrEqual(recall * marked)
      expect(100 * right, `${half}: precision ${right}/${found}`).toBeGreaterThanOrEqual(precision * found)
    }
  },
)
