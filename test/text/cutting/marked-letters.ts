import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { CitedClause } from '../../../server/text/cutting/clause-finder.ts'
import type { ProposedCut } from '../../../server/text/cutting/proposed-cuts.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { nameClauses } from '../../../server/text/words/clause-names.ts'

/** A letter on the seed draft with what a person found in it. */
export interface MarkedLetter {
  name: string
  text: string
  marked: ProposedCut[]
}

const mark = /\{(-|\?|p\d+)\}/u

/**
 * The letters of test/fixtures/letters by when they were marked: `before` there were any rules, `between`, to see where the
 * rules fail on what they have not seen, and `after`, when nothing was changed any more.
 */
export function letterGroups(): Record<'before' | 'between' | 'after', MarkedLetter[]> {
  const letters = globSync('test/fixtures/letters/*.txt')
    .sort()
    .map((file) => ({ name: basename(file, '.txt'), ...readMarks(readFileSync(file, 'utf8')) }))
  const numbered = (from: number, to: number) =>
    letters.filter(({ name }) => Number.parseInt(name, 10) >= from && Number.parseInt(name, 10) <= to)
  return { before: numbered(1, 91), between: numbered(92, 108), after: numbered(109, 118) }
}

/** {p10} begins a point on the clause p10, {?} one on none, {-} what is none. */
function readMarks(marked: string): Omit<MarkedLetter, 'name'> {
  const [before, ...parts] = marked.replace(/\n$/u, '').split(mark)
  if (before !== '') throw new Error(`a letter begins with a mark: ${marked.slice(0, 20)}`)
  const cuts: ProposedCut[] = []
  let text = ''
  for (let index = 0; index < parts.length; index += 2) {
    const [said = '', piece = ''] = parts.slice(index, index + 2)
    // Blanks belong to what stands before, in whatever way a letter is marked.
    const start = [...text].length + (text === '' ? 0 : piece.length - piece.trimStart().length)
    const last = cuts.at(-1)
    if (last) last.end = start
    text += piece
    const kind = said === '-' ? 'no_proposal' : 'point'
    cuts.push({ start, end: [...text].length, kind, clause: said.startsWith('p') ? said : null })
  }
  return { text, marked: cuts }
}

/** The clauses of the seed draft, as `orderedClauses` reads them. */
export function seedClauses(): CitedClause[] {
  const { units } = readDraft(readFileSync('seeds/shanxi-old-revolutionary-areas.txt', 'utf8'))
  const names = nameClauses(units)
  return units.flatMap(({ key, citation, text }) =>
    key === null ? [] : [{ key, citation, text, name: names.get(key)?.name ?? citation }],
  )
}
