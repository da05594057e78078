import { globSync, readFileSync } from 'node:fs'
import {
  everyPassage,
  mostKept,
  ownPassages,
  passagesOf,
  sharedLetters,
} from '../../../server/text/comparing/passages.ts'
import { opinions } from '../opinions.ts'
import { type Editing, editedLetters } from './edited-letters.ts'

const draft = everyPassage([readFileSync('seeds/shanxi-old-revolutionary-areas.txt', 'utf8')])
const asked = (text: string) => ownPassages(passagesOf(text), draft, 'one')

/** Whether the second of two texts is found to be of the same letter as the first, which came before it. */
export function isFound(first: string, second: string): boolean {
  const kept = new Set(asked(first).slice(0, mostKept))
  return asked(second).some((passage) => kept.has(passage)) && sharedLetters(first, second, draft) > 0
}

/** The shares of copies that are found where the letter itself came first, and where another copy did. */
export function recallOf(editing: Editing, count = 300): { letterFirst: number; copyFirst: number } {
  const copies = editedLetters(count, editing)
  const share = (found: boolean[]) => found.filter((is) => is).length / found.length
  return {
    letterFirst: share(copies.map(({ letter, second }) => isFound(letter, second))),
    copyFirst: share(copies.map(({ first, second }) => isFound(first, second))),
  }
}

/** Texts of the marked sets, none of which is a copy of another: short opinions, letters, texts with personal data. */
export function unlikeTexts(): string[] {
  const letters = globSync('test/fixtures/letters/*.txt')
    .toSorted()
    .map((file) => readFileSync(file, 'utf8').replace(/\{[^}]*\}/g, ''))
  const personal = readFileSync('test/fixtures/personal-texts/texts.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text.replace(/⟦[^|]*\|([^⟧]*)⟧/g, '$1'))
  return [...opinions().map(({ text }) => text), ...letters, ...personal]
}

/** Pairs of these that have a passage in common, and those that are taken for copies of one letter. */
export function pairsAmong(texts: readonly string[]): { compared: number; found: [string, string][] } {
  const having = new Map<number, string[]>()
  const found: [string, string][] = []
  let compared = 0
  for (const text of texts) {
    const own = asked(text)
    for (const other of new Set(own.flatMap((passage) => having.get(passage) ?? []))) {
      compared += 1
      if (sharedLetters(other, text, draft) > 0) found.push([other, text])
    }
    for (const passage of own.slice(0, mostKept)) having.set(passage, [...(having.get(passage) ?? []), text])
  }
  return { compared, found }
}
