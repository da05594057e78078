import { countCharacters, withoutBlanks } from '../outlining/blanks.ts'
import type { Artefact, Draft } from '../outlining/outline.ts'
import { tableText } from '../outlining/tables.ts'
import { artefactCharacters } from './positions.ts'

/** Characters in each part; blanks are not counted (blanks.ts says why). */
export interface Completeness {
  /** Whether source = title + labels + texts + artefacts, each character in its place. */
  holds: boolean
  source: number
  title: number
  labels: number
  texts: number
  artefacts: number
  /** Where source and draft first part: the words on each side from there, null where the equation holds. */
  difference: Parting | null
}

interface Parting {
  /** Characters of the source before it. */
  at: number
  inSource: string
  inDraft: string
}

/**
 * Proves that reading lost nothing and added nothing: with the artefacts taken out where they stood, the source's
 * characters are those of the draft, in the same order. Printed and computed numbers are characters like any other.
 */
export function proveCompleteness(source: string, draft: Draft): Completeness {
  const texts = draft.units.map(({ text, table }) => (table ? tableText(table) : text))
  const inOrder = draft.units.map(({ label }, index) => (label ?? '') + texts[index])
  const difference = compare([...withoutBlanks(source)], draft.artefacts, [
    ...withoutBlanks(draft.title + inOrder.join('')),
  ])
  return {
    holds: difference === null,
    source: countCharacters(source),
    title: countCharacters(draft.title),
    labels: sum(draft.units.map(({ label }) => label ?? '')),
    texts: sum(texts),
    artefacts: sum(draft.artefacts.map(({ text }) => text)),
    difference,
  }
}

function sum(texts: string[]): number {
  return texts.reduce((total, text) => total + countCharacters(text), 0)
}

function compare(source: string[], artefacts: Artefact[], draft: string[]): Parting | null {
  const taken = new Set<number>()
  for (const { position, character } of artefactCharacters(artefacts)) {
    if (source[position] !== character) return differenceAt(source, position, [character], 0)
    taken.add(position)
  }
  let read = 0
  for (const [index, character] of source.entries()) {
    if (taken.has(index)) continue
    if (draft[read] !== character) return differenceAt(source, index, draft, read)
    read++
  }
  return read === draft.length ? null : differenceAt(source, source.length, draft, read)
}

function differenceAt(source: string[], at: number, draft: string[], read: number): Parting {
  const excerpt = (characters: string[], from: number) => characters.slice(from, from + 20).join('')
  return { at, inSource: excerpt(source, at), inDraft: excerpt(draft, read) }
}
