import { hash, letters, mix } from './fingerprints.ts'

/** So many letters make a passage: three or four words, which two seldom write in the same order by chance. */
const passageLength = 7
/** Of so many passages that begin one after another at least one is picked: of twelve letters in common one is, in both texts. */
const window = 6

/** So many passages of a text are looked for among the others'. */
export const mostAsked = 64
/** So many are kept of a text; those of longer ones lie farther apart. */
export const mostKept = 24

/** From so many letters in common on, which must be this share of the shorter text, one letter lies behind two comments. */
const leastShared = 24
const leastShare = 0.15
/** So many of them on end: how letters begin and end is common to many, and shorter. */
const leastRun = 16

/**
 * The passages that are picked of a text: of each window the last of the least values, so that two texts which share
 * enough letters on end have one in common, whatever stands around it (winnowing: Schleimer, Wilkerson, Aiken, “Winnowing:
 * Local Algorithms for Document Fingerprinting”, SIGMOD 2003).
 * @returns each once, in a chance order that is the same for all texts
 */
export function passagesOf(text: string): Int32Array {
  const values = valuesOf(text)
  const picked = new Set<number>()
  for (let start = 0; start + window <= Math.max(values.length, window); start++) {
    let least = start
    for (let i = start + 1; i < Math.min(start + window, values.length); i++) {
      if ((values[i] ?? 0) <= (values[least] ?? 0)) least = i
    }
    const value = values[least]
    if (value !== undefined) picked.add(value)
  }
  return Int32Array.from(picked).sort()
}

/** Every passage of these texts, sorted. */
export function everyPassage(texts: readonly string[]): Int32Array {
  const values = new Set(texts.flatMap((text) => Array.from(valuesOf(text))))
  return Int32Array.from(values).sort()
}

/**
 * What is compared of a text's passages: those that the draft has too are anybody's, and the same letter sent to two
 * consultations makes no campaign. @param draft sorted
 */
export function ownPassages(passages: Int32Array, draft: Int32Array, consultationId: string): number[] {
  const own = passages.filter((passage) => !hasPassage(draft, passage)).subarray(0, mostAsked)
  const scope = hash(consultationId)
  return Array.from(own, (passage) => passage ^ scope || 1)
}

function hasPassage(sorted: Int32Array, passage: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? 0) < passage) from = middle + 1
    else to = middle
  }
  return sorted[from] === passage
}

/**
 * How many letters two texts have in common, where these are so many that one letter must lie behind both; else 0.
 * @param draft its passages count for nothing; sorted
 */
export function sharedLetters(a: string, b: string, draft: Int32Array): number {
  const [first, second] = [valuesOf(a), valuesOf(b)]
  const shared = Math.min(covered(first, second, draft), covered(second, first, draft))
  const shorter = Math.min(first.length, second.length) + passageLength - 1
  return shared >= leastShared && shared >= leastShare * shorter ? shared : 0
}

/** How many letters of a text stand in passages that the other has too; none where no run of them is long. */
function covered(values: Int32Array, others: Int32Array, draft: Int32Array): number {
  const common = new Set(others)
  let [letters, longest, from, until] = [0, 0, 0, 0]
  for (const [start, value] of values.entries()) {
    if (!common.has(value) || hasPassage(draft, value)) continue
    if (start > until) from = start
    letters += start + passageLength - Math.max(start, until)
    until = start + passageLength
    longest = Math.max(longest, until - from)
  }
  return longest < leastRun ? 0 : letters
}

/** The value of each passage of a text, one beginning with each letter (Karp and Rabin 1987). */
function valuesOf(text: string): Int32Array {
  const codes = letters(text).map((letter) => letter.codePointAt(0) ?? 0)
  const values = new Int32Array(Math.max(0, codes.length - passageLength + 1))
  let rolling = 0
  for (const [end, code] of codes.entries()) {
    rolling = (Math.imul(rolling, base) + code) | 0
    const start = end - passageLength + 1
    if (start > 0) rolling = (rolling - Math.imul(codes[start - 1] ?? 0, oldest)) | 0
    if (start >= 0) values[start] = mix(rolling, 0)
  }
  return values
}

const base = 0x01000193
/** What the letter before a passage was multiplied by. */
const oldest = Array.from({ length: passageLength }).reduce<number>((power) => Math.imul(power, base), 1)
