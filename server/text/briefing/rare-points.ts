import { Alike } from './alike.ts'
import { bases, weightOf } from './bases.ts'
import type { Section, Vectors } from './section.ts'

/** More persons than these, and it is not said by few. */
const few = 2
/** So like another a text says the same as it, where both bring something of one kind. */
const same = 0.6
/** So many are compared with all others, those with the weightiest bases. */
const mostTried = 500

/**
 * 少数但有具体依据的意见: the sentences with a figure, a law, a place or an experience of texts that one or two persons
 * say, those that bring most first; of each text one.
 * @param said the texts for which other sentences stand already: they come last
 * @returns the first `most`, and how many there are of those that were tried
 */
export function rarePoints(
  section: Section,
  { texts, length }: Vectors,
  said: ReadonlySet<number>,
  most: number,
): { sentences: number[]; found: number } {
  const ofTie = new Map<number, number>()
  for (const [text, tie] of section.ties.entries())
    if (tie >= 0) ofTie.set(tie, (ofTie.get(tie) ?? 0) + (section.people[text] ?? 0))
  const isFew = (text: number) =>
    (section.people[text] ?? 0) <= few && (ofTie.get(section.ties[text] ?? -1) ?? 0) <= few
  const brought = new Uint8Array(texts.length)
  for (const [sentence, text] of section.texts.entries())
    brought[text] = (brought[text] ?? 0) | (section.bases[sentence] ?? 0)
  const best = new Map<number, { text: number; sentence: number; weight: number }>()
  for (const [sentence, text] of section.texts.entries()) {
    if (section.quotable[sentence] !== 1 || !section.bases[sentence] || !isFew(text)) continue
    const weight = weightOf(bases.filter((_, bit) => ((section.bases[sentence] ?? 0) >> bit) & 1))
    if (weight > (best.get(text)?.weight ?? 0)) best.set(text, { text, sentence, weight })
  }
  const order = (a: { text: number; weight: number }, b: typeof a) =>
    b.weight - a.weight || Number(said.has(a.text)) - Number(said.has(b.text)) || a.text - b.text
  const tried = [...best.values()].sort(order).slice(0, mostTried)
  const among = new Alike(
    texts,
    texts.map((_, text) => text),
    length,
  )
  const found = tried.filter(({ text }) => {
    const like = among.to(texts[text] as Vectors['texts'][number], same)
    const others = like.filter((one) => one.text !== text && (brought[one.text] ?? 0) & (brought[text] ?? 0))
    return (
      others.reduce((sum, one) => sum + (section.people[one.text] ?? 0), section.people[text] ?? 0) <= few
    )
  })
  return { sentences: found.slice(0, most).map(({ sentence }) => sentence), found: found.length }
}
