import { accounts } from './accounts.ts'
import { withAccused } from './accusations.ts'
import { addresses } from './addresses.ts'
import { documents } from './documents.ts'
import type { FoundPiece, PersonalSpan } from './kinds.ts'
import { mailboxes } from './mailboxes.ts'
import { maskedNumbers } from './masked-numbers.ts'
import { names, wordsOf } from './names.ts'
import { numbersIn } from './numbers.ts'
import { ownData, type Sender } from './own.ts'
import { inDigits, type Plain } from './plain-digits.ts'
import { plates } from './plates.ts'
import { type PublicNumber, publicNumbers } from './public-numbers.ts'
import { sensitive } from './sensitive.ts'

/** What is known beside a text: who sent it, and whose names stay since they hold a public office. */
export interface Known {
  sender: Sender
  officeHolders: readonly string[]
}

export const nothingKnown: Known = { sender: {}, officeHolders: [] }

/**
 * Which rules these are. Raised with a step of the database that marks what waits as unexamined, what was found by older
 * ones is found anew, unless a moderator has judged it.
 */
export const rulesVersion = 2

/**
 * What in a text looks like personal data, in order and without overlap: also where it is split by spaces or dashes,
 * or written in full-width or Chinese digits. Finds too much rather than too little: a person looks at each. Each
 * expression begins with what is rare, and what stands before it is read backwards from there: tried from every
 * character on, a long word would be read over and over.
 */
export function findPersonalData(original: string, known: Known = nothingKnown): PersonalSpan[] {
  const plain = inDigits(original)
  const { text } = plain
  const words = wordsOf(text)
  const own = [...ownData(text, known.sender, words)]
  const named = withAccused([...names(text, words, new Set(known.officeHolders))], text)
  const persons = [...own, ...named].filter(isOfPerson).sort(inOrder)
  const found = withoutOverlap([
    ...publicNumbers(text),
    ...own,
    ...mailboxes(text),
    ...documents(text),
    ...numbersIn(text),
    ...maskedNumbers(text),
    ...accounts(text),
    ...plates(text),
    ...named,
    ...lastFree(addresses(text), persons),
  ])
  // What is told of somebody may hold their name or number as well: those come first.
  return withoutOverlap([...found, ...lastFree(sensitive(text, persons), found)])
    .filter(isPersonal)
    .map((piece) => inOriginal(plain, piece))
}

/** The telephone and identity numbers of a text, of which its author is told before it is sent; what offices publish is passed over. */
export function findNumbers(original: string): PersonalSpan[] {
  const plain = inDigits(original)
  return withoutOverlap([...publicNumbers(plain.text), ...numbersIn(plain.text)])
    .filter(isPersonal)
    .filter(({ kind }) => ['mobile', 'landline', 'id_number'].includes(kind))
    .map((piece) => inOriginal(plain, piece))
}

function isOfPerson({ kind }: FoundPiece): boolean {
  return kind === 'name' || kind === 'accused'
}

/** The pieces without what others, which are in order, take of them: what is left behind the last. */
function* lastFree(
  pieces: Iterable<FoundPiece>,
  taken: readonly { start: number; end: number }[],
): Generator<FoundPiece> {
  let next = 0
  for (const piece of pieces) {
    let { start, end } = piece
    while ((taken[next]?.end ?? end) <= piece.start) next++
    for (let i = next; i < taken.length; i++) {
      const other = taken[i]
      if (!other || other.start >= piece.end) break
      if (other.start > start + leastLeft) end = Math.min(end, other.start)
      else start = Math.max(start, other.end)
    }
    if (start < end) yield { ...piece, start, end }
  }
}
/** So much before another piece is worth being told. */
const leastLeft = 4

function isPersonal(piece: FoundPiece | PublicNumber): piece is FoundPiece {
  return piece.kind !== 'public'
}

/** The places in the text as it was written of what was found in the plain one. */
function inOriginal({ places }: Plain, { start, end, ...found }: FoundPiece): PersonalSpan {
  return { start: places[start] ?? 0, end: (places[end - 1] ?? 0) + 1, ...found }
}

function inOrder(one: FoundPiece | PublicNumber, other: FoundPiece | PublicNumber): number {
  return one.start - other.start || other.end - one.end
}

/** Of two that overlap, the one that begins first, and of those the longer one; of equals, the one that is named first. */
function withoutOverlap(pieces: (FoundPiece | PublicNumber)[]): (FoundPiece | PublicNumber)[] {
  const kept: (FoundPiece | PublicNumber)[] = []
  for (const piece of pieces.sort(inOrder)) if (piece.start >= (kept.at(-1)?.end ?? 0)) kept.push(piece)
  return kept
}
