import { splitSentences } from '../words/sentences.ts'

const shingleLength = 3
const bandSize = 3
/** How many bands a fingerprint has. */
export const bandCount = 20
const hashes = bandCount * bandSize

/** From this Jaccard similarity on, two comments are of one campaign. */
export const alike = 0.5

/**
 * The runs of three characters of a text, without case, punctuation and spaces (NFKC). A shorter text is one run.
 * Broder, "On the resemblance and containment of documents" (1997).
 */
export function shingles(text: string): Set<string> {
  const characters = letters(text)
  if (characters.length <= shingleLength) return new Set([characters.join('')])
  const runs = characters
    .slice(shingleLength - 1)
    .map((_, i) => characters.slice(i, i + shingleLength).join(''))
  return new Set(runs)
}

/** A text as it is compared to the letter: what its punctuation, case and spaces leave. */
export function letters(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]/gu) ?? []
  )
}

/**
 * Twenty bands of three MinHash values. Two texts of similarity s share one with the probability 1 − (1 − s³)²⁰:
 * 93 % at 0.5, 99.4 % at 0.6.
 */
export function bandsOf(runs: ReadonlySet<string>): string[] {
  const least = new Uint32Array(hashes).fill(0xffffffff)
  for (const run of runs) {
    const value = hash(run)
    for (let i = 0; i < hashes; i++) {
      const mixed = mix(value, i)
      if (mixed < (least[i] ?? 0)) least[i] = mixed
    }
  }
  return Array.from({ length: bandCount }, (_, band) => {
    const values = least.subarray(band * bandSize, (band + 1) * bandSize)
    return `${band}:${Array.from(values, (value) => value.toString(36)).join('.')}`
  })
}

/** The share of runs that two texts have in common, from 0 to 1. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let common = 0
  for (const run of small) if (large.has(run)) common += 1
  const all = a.size + b.size - common
  return all === 0 ? 1 : common / all
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** One of the family of hashes: murmur3's finalizer over the value and its place. */
export function mix(value: number, place: number): number {
  let mixed = value ^ Math.imul(place + 1, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A copy's sentences, each with whether the representative has it too: what is its own is what must not be lost. */
export function ownSentences(representative: string, copy: string): { text: string; own: boolean }[] {
  const known = new Set(splitSentences(representative).map(({ text }) => plain(text)))
  return splitSentences(copy).map(({ text }) => ({
    text,
    own: plain(text) !== '' && !known.has(plain(text)),
  }))
}

function plain(text: string): string {
  return letters(text).join('')
}
