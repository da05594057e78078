import { clauseFinder } from '../../server/text/cutting/clause-finder.ts'
import { cutsWith, type ProposedCut } from '../../server/text/cutting/proposed-cuts.ts'
import { letterGroups, type MarkedLetter, seedClauses } from '../text/cutting/marked-letters.ts'
import { beginnings, measured, nearest } from '../text/cutting/measured.ts'

type Compared = MarkedLetter & { proposed: ProposedCut[] }

/** `npm run bench -- letters`: how well the points of letters are found that persons have marked, and what is not. */
export function measureLetters(): void {
  const finder = clauseFinder(seedClauses())
  for (const [group, letters] of Object.entries(letterGroups())) {
    const compared = letters.map((letter) => ({ ...letter, proposed: cutsWith(letter.text, finder) }))
    process.stdout.write(`\n${group}: ${letters.length} letters\n`)
    for (const [name, share] of Object.entries(measured(compared))) {
      process.stdout.write(`${`${(100 * share).toFixed(1)} %`.padStart(9)}  ${name}\n`)
    }
    for (const letter of compared)
      process.stdout.write(
        failures(letter)
          .map((line) => `${line}\n`)
          .join(''),
      )
  }
}

function failures({ name, text, marked, proposed }: Compared): string[] {
  const [wanted, given] = [beginnings(marked), beginnings(proposed)]
  const from = (at: number) =>
    `${name}  ${[...text]
      .slice(at, at + 20)
      .join('')
      .replace(/\s+/gu, ' ')}`
  return [
    ...wanted.filter((at) => !given.includes(at)).map((at) => `  not cut      ${from(at)}`),
    ...given.filter((at) => !wanted.includes(at)).map((at) => `  cut          ${from(at)}`),
    ...marked.flatMap((cut) => {
      const clause = nearest(cut, proposed)?.clause ?? null
      return clause === cut.clause ? [] : [`  ${`${clause}, not ${cut.clause}`.padEnd(13)}${from(cut.start)}`]
    }),
  ]
}
