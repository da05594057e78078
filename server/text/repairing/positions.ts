import { withoutBlanks } from '../outlining/blanks.ts'
import type { Artefact } from '../outlining/lines.ts'

/** One character of an artefact and where it stood in the source, blanks not counted. */
interface ArtefactCharacter {
  position: number
  character: string
  artefact: Artefact
}

/**
 * Where each character of the artefacts stood. One artefact may stand inside another (a bookmark in a covering
 * notice); the later one comes first, so that it is out of the other's way.
 */
export function* artefactCharacters(artefacts: Artefact[]): Generator<ArtefactCharacter> {
  const taken = new Set<number>()
  for (const artefact of artefacts.toSorted((a, b) => b.at - a.at)) {
    let position = artefact.at
    for (const character of withoutBlanks(artefact.text)) {
      while (taken.has(position)) position++
      taken.add(position)
      yield { position, character, artefact }
    }
  }
}

/** Whether the artefact stands inside a longer one. */
export function standsInside(artefacts: Artefact[], { at }: Artefact): boolean {
  return [...artefactCharacters(artefacts)].some(
    ({ position, artefact }) => artefact.at < at && position > at,
  )
}

/** How many characters of the draft stand before this place in the source. */
export function toDraftOffset(artefacts: Artefact[], at: number): number {
  let before = 0
  for (const { position } of artefactCharacters(artefacts)) if (position < at) before++
  return at - before
}

/** Where in the source the draft's character with this many draft characters before it stands. */
export function toSourceOffset(artefacts: Artefact[], offset: number): number {
  const taken = [...artefactCharacters(artefacts)].map(({ position }) => position).sort((a, b) => a - b)
  let at = offset
  for (const position of taken) {
    if (position > at) break
    at++
  }
  return at
}
