import { pairsAmong, recallOf, unlikeTexts } from '../text/comparing/passage-measures.ts'
import { percent, print } from './timed.ts'

/** How well letters are found behind copies that were edited and have words of their own, and among texts that have none. */
export function measurePassages(): void {
  for (const length of [41, 80, 400]) {
    for (const own of [1, 2, 3]) {
      for (const exchanged of [0.03, 0.05, 0.1]) {
        const { letterFirst, copyFirst } = recallOf({ length, own, exchanged })
        print(`a letter of ${length}, +${own}00 % own words, ${exchanged * 100} % of the letter exchanged`, [
          `after the letter ${percent(letterFirst, 1)}`,
          `after another copy ${percent(copyFirst, 1)}`,
        ])
      }
    }
  }
  const texts = unlikeTexts()
  const { compared, found } = pairsAmong(texts)
  print(`${texts.length} texts of which none is a copy`, [
    `compared ${compared}`,
    `taken for copies ${found.length}`,
  ])
}
