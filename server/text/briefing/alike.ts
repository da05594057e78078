import type { Vector } from './section.ts'

/** Finds the vectors that are like another, by what each place stands in. */
export class Alike {
  readonly #within: readonly { text: number; weight: number }[][]
  readonly #sums: Float64Array
  readonly #seen: number[] = []

  /** @param of the places of the vectors among which is looked */
  constructor(vectors: readonly Vector[], of: readonly number[], length: number) {
    const within: { text: number; weight: number }[][] = []
    for (const text of of) {
      const { places, weights } = vectors[text] as Vector
      for (let i = 0; i < places.length; i++) {
        const place = places[i] ?? 0
        const list = within[place]
        const entry = { text, weight: weights[i] ?? 0 }
        if (list) list.push(entry)
        else within[place] = [entry]
      }
    }
    this.#within = within
    this.#sums = new Float64Array(Math.max(vectors.length, length > 0 ? 1 : 0))
  }

  /** Those whose cosine to this one is at least so much, in their order. */
  to({ places, weights }: Vector, least: number): { text: number; likeness: number }[] {
    const sums = this.#sums
    const seen = this.#seen
    seen.length = 0
    for (let i = 0; i < places.length; i++) {
      const own = weights[i] ?? 0
      for (const { text, weight } of this.#within[places[i] ?? 0] ?? []) {
        if (sums[text] === 0) seen.push(text)
        sums[text] = (sums[text] ?? 0) + own * weight + 1e-15
      }
    }
    seen.sort((a, b) => a - b)
    const found: { text: number; likeness: number }[] = []
    for (const text of seen) {
      const likeness = sums[text] ?? 0
      if (likeness >= least) found.push({ text, likeness })
      sums[text] = 0
    }
    return found
  }
}
