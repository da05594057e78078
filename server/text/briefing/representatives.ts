import { Alike } from './alike.ts'
import type { Section, Vectors } from './section.ts'

/** A sentence that stands for others. */
export interface Representative {
  sentence: number
  /** The texts for which it stands, its own among them. */
  texts: number[]
}

/** So like a sentence a text about the same must be to be said by it; where nobody knows what it is about, so like. */
const [alike, alikeUnknown] = [0.2, 0.45]
/** Of the sentences about one thing those are tried that are most like all that is said of it. */
const mostTried = 300

/**
 * For each stance the few sentences that together say most of what was said: of all that can be quoted, each time the one
 * that adds most likeness to texts that none before it says as well, weighed by how many points say them (facility location,
 * greedily: Nemhauser, Wolsey and Fisher, Mathematical Programming 14, 1978). Equal ones in the order of their texts.
 * @param most sentences of a stance
 */
export function representatives(section: Section, vectors: Vectors, most: number): Representative[] {
  const cells = new Map<string, number[]>()
  for (const [text, stance] of section.stances.entries()) {
    const key = `${stance} ${section.subjects[text]}`
    const cell = cells.get(key)
    if (cell) cell.push(text)
    else cells.set(key, [text])
  }
  const sentencesOf = new Map<number, number[]>()
  for (const [sentence, text] of section.texts.entries()) {
    if (section.quotable[sentence] !== 1) continue
    const own = sentencesOf.get(text)
    if (own) own.push(sentence)
    else sentencesOf.set(text, [sentence])
  }
  const picked = new Map<number, Picked[]>()
  for (const cell of cells.values()) {
    const stance = section.stances[cell[0] ?? 0] ?? 0
    const own = greedily(section, vectors, cell, sentencesOf, most)
    picked.set(stance, [...(picked.get(stance) ?? []), ...own])
  }
  return [...picked]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, some]) =>
      // Texts of different subjects are never compared, so that the greedy order of all is the merged order of each.
      shared(some.toSorted((a, b) => b.gain - a.gain || a.sentence - b.sentence).slice(0, most)),
    )
}

interface Picked {
  sentence: number
  gain: number
  /** What it says at all, and how well. */
  says: { text: number; likeness: number }[]
}

function greedily(
  section: Section,
  { texts: vectors, sentences, length }: Vectors,
  cell: readonly number[],
  sentencesOf: ReadonlyMap<number, number[]>,
  most: number,
): Picked[] {
  const least = (section.subjects[cell[0] ?? 0] ?? -1) < 0 ? alikeUnknown : alike
  const among = new Alike(vectors, cell, length)
  const tied = new Map<number, number[]>()
  for (const text of cell) {
    const tie = section.ties[text] ?? -1
    if (tie >= 0) tied.set(tie, [...(tied.get(tie) ?? []), text])
  }
  const tried = mostCentral(section, { texts: vectors, sentences, length }, cell, sentencesOf).map(
    (sentence) => {
      const own = section.texts[sentence] ?? 0
      const surely = new Set([own, ...(tied.get(section.ties[own] ?? -1) ?? [])])
      const like = among.to(sentences[sentence] as Vectors['sentences'][number], least)
      return {
        sentence,
        says: [
          ...Array.from(surely, (text) => ({ text, likeness: 1 })),
          ...like.filter(({ text }) => !surely.has(text)),
        ],
      }
    },
  )
  const best = new Map<number, number>()
  const gainOf = ({ says }: { says: Picked['says'] }) =>
    says.reduce(
      (sum, { text, likeness }) =>
        sum + (section.points[text] ?? 0) * Math.max(0, likeness - (best.get(text) ?? 0)),
      0,
    )
  const picked: Picked[] = []
  // What a sentence adds only ever grows less: where it still adds more than the others did, it adds most (lazy evaluation).
  const queue = tried.map((one) => ({ ...one, gain: gainOf(one), at: 0 }))
  while (picked.length < most && queue.length > 0) {
    queue.sort((a, b) => b.gain - a.gain || a.sentence - b.sentence)
    const [first] = queue
    if (!first || first.gain <= 1e-9) break
    if (first.at < picked.length) {
      first.gain = gainOf(first)
      first.at = picked.length
      continue
    }
    queue.shift()
    picked.push(first)
    for (const { text, likeness } of first.says) best.set(text, Math.max(best.get(text) ?? 0, likeness))
  }
  return picked
}

/** The sentences that are most like all that a cell says, weighed by points. */
function mostCentral(
  section: Section,
  { texts: vectors, sentences, length }: Vectors,
  cell: readonly number[],
  sentencesOf: ReadonlyMap<number, number[]>,
): number[] {
  const centre = new Float64Array(length)
  for (const text of cell) {
    const { places, weights } = vectors[text] as Vectors['texts'][number]
    for (let i = 0; i < places.length; i++) {
      const place = places[i] ?? 0
      centre[place] = (centre[place] ?? 0) + (section.points[text] ?? 0) * (weights[i] ?? 0)
    }
  }
  return cell
    .flatMap((text) => sentencesOf.get(text) ?? [])
    .map((sentence) => {
      const { places, weights } = sentences[sentence] as Vectors['sentences'][number]
      let near = 0
      for (let i = 0; i < places.length; i++) near += (weights[i] ?? 0) * (centre[places[i] ?? 0] ?? 0)
      return { sentence, near }
    })
    .sort((a, b) => b.near - a.near || a.sentence - b.sentence)
    .slice(0, mostTried)
    .map(({ sentence }) => sentence)
}

/** Each text stands with the sentence that says it best, the first of equals. */
function shared(picked: readonly Picked[]): Representative[] {
  const best = new Map<number, { place: number; likeness: number }>()
  for (const [place, { says }] of picked.entries()) {
    for (const { text, likeness } of says) {
      if (likeness > (best.get(text)?.likeness ?? 0)) best.set(text, { place, likeness })
    }
  }
  return picked.map(({ sentence, says }, place) => ({
    sentence,
    texts: says.flatMap(({ text }) => (best.get(text)?.place === place ? [text] : [])).sort((a, b) => a - b),
  }))
}
