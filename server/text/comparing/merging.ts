import { type Difference, differences } from './differences.ts'
import { type ProposedWording, passageLike } from './proposed-difference.ts'

/** Words of a text that are to be others; positions are code points, `end` exclusive; where both are one, words are put in. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** What somebody wants changed in a text. */
export interface Wanted {
  id: string
  edits: Edit[]
}

/** Several wishes for one text, as far as they can all be met. */
export interface Merged {
  text: string
  /** Those that it meets. */
  met: string[]
  /** Those that touch the same words and want them to be different ones: a person chooses. Each group in the order of its ids. */
  clashing: string[][]
}

/** What a proposal changes in a clause; nothing where its words are not found there. */
export function editsOf(clause: string, proposed: ProposedWording): Edit[] {
  const { proposal, wording, quote } = proposed
  const passage = quote?.exact ?? (proposal === 'delete' ? clause : passageLike(clause, wording ?? ''))
  const at = clause.indexOf(passage)
  if (at < 0 || passage === '') return []
  const start = [...clause.slice(0, at)].length
  const end = start + [...passage].length
  if (proposal === 'delete') return [{ start, end, text: '' }]
  if (proposal === 'insert_after') return [{ start: end, end, text: wording ?? '' }]
  return editsIn(start, differences(passage, wording ?? ''))
}

/** What several proposals of one wish change, in the order of the text; of two that touch the same words the first. */
export function editsOfAll(clause: string, proposed: readonly ProposedWording[]): Edit[] {
  const edits: Edit[] = []
  for (const one of proposed.flatMap((wording) => editsOf(clause, wording)))
    if (!edits.some((other) => touches(one, other))) edits.push(one)
  return edits.sort((a, b) => a.start - b.start)
}

function editsIn(start: number, pieces: readonly Difference[]): Edit[] {
  const edits: Edit[] = []
  let [place, isOpen] = [start, false]
  for (const { change, text } of pieces) {
    const last = edits.at(-1)
    const edit = isOpen && last ? last : { start: place, end: place, text: '' }
    const length = [...text].length
    if (change !== 'same' && edit !== last) edits.push(edit)
    if (change === 'added') edit.text += text
    if (change === 'removed') edit.end += length
    if (change !== 'added') place += length
    isOpen = change !== 'same'
  }
  return edits
}

/**
 * A text that meets every wish that touches no words of another. The same wish of several is met once. In whatever order they
 * come, the text is the same.
 */
export function merged(text: string, wanted: readonly Wanted[]): Merged {
  const groups = touching(wanted)
  const isAgreed = (group: Wanted[]) => new Set(group.map(({ edits }) => JSON.stringify(edits))).size === 1
  const agreed = groups.filter(isAgreed)
  const edits = agreed.flatMap(([first]) => first?.edits ?? [])
  return {
    text: applied(text, edits),
    met: idsOf(agreed.flat()),
    clashing: groups.filter((group) => !isAgreed(group)).map(idsOf),
  }
}

/** The wishes in groups that touch the same words, or put something in at the same place. */
function touching(wanted: readonly Wanted[]): Wanted[][] {
  let groups: Wanted[][] = []
  for (const one of wanted) {
    if (one.edits.length === 0) continue
    const near = groups.filter((group) => group.some((other) => clash(one, other)))
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), one]]
  }
  return groups
}

function clash(a: Wanted, b: Wanted): boolean {
  return a.edits.some((one) => b.edits.some((other) => touches(one, other)))
}

function touches(one: Edit, other: Edit): boolean {
  return (one.start < other.end && other.start < one.end) || meet(one, other)
}

/** Where words are put in at a bound of what is replaced, which stands first would be chance. */
function meet(a: Edit, b: Edit): boolean {
  const isIn = (put: Edit, other: Edit) =>
    put.start === put.end && other.start <= put.start && put.start <= other.end
  return isIn(a, b) || isIn(b, a)
}

function applied(text: string, edits: readonly Edit[]): string {
  const characters = [...text]
  const pieces: string[] = []
  let place = 0
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    pieces.push(...characters.slice(place, start), text)
    place = end
  }
  return [...pieces, ...characters.slice(place)].join('')
}

function idsOf(wanted: readonly Wanted[]): string[] {
  return wanted.map(({ id }) => id).sort()
}
