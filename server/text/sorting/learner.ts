import { type Features, featureSpace } from './features.ts'

/** A theme as the office has described it. */
export interface DescribedTheme {
  id: string
  name: string
  words: readonly string[]
}

/** What a model thinks of a text. */
export interface Proposal {
  theme: string
  /** From 0 to 1, in thousandths: how much surer than of all others. */
  confidence: number
  /** The listed words and groups that speak most for this theme against the others, the weightiest first. */
  words: string[]
}

export interface Learnt {
  themes: readonly DescribedTheme[]
  /** What persons have put under themes. */
  assigned: readonly { text: string; theme: string }[]
  /** What nobody has put anywhere. */
  others: readonly string[]
  /** Words of the consultation, besides those of every day. */
  listed?: readonly string[]
}

/** A theme's own name and words weigh as much as so many texts of it. */
const description = 6
/** An unassigned text weighs so much of an assigned one. */
const unassigned = 0.3
/** How much of what all texts say is laid under what a theme's say: for so few texts more would be chance. */
const smoothing = 0.01
const rounds = 8
/** Of the unassigned so many are learnt from; all are sorted. */
const mostLearntFrom = 2000
const mostWords = 5
/** Naive Bayes is too sure of itself, since what it counts one by one goes together: at this its confidence is borne out. */
const calibration = 0.6

/**
 * For each unassigned text the theme that it most likely belongs to. Multinomial naive Bayes, which is linear in what is
 * read of a text, learnt from assigned texts and, by expectation maximisation, from the unassigned (Nigam, McCallum, Thrun
 * and Mitchell, Text Classification from Labeled and Unlabeled Documents using EM, Machine Learning 39, 2000). A fixed number
 * of rounds over texts in their order: the same texts give the same proposals.
 */
export function propose({ themes, assigned, others, listed = [] }: Learnt): Proposal[] {
  if (themes.length === 0) return []
  const described = themes.map(({ name, words }) => [name, ...words].join('，'))
  const space = featureSpace([...assigned.map(({ text }) => text), ...others, ...described], listed)
  const known = space.texts.slice(0, assigned.length)
  const unknown = space.texts.slice(assigned.length, assigned.length + others.length)
  const model = new Model(themes.length, space.texts, space.names.length)
  const certain = themes.map((_, theme) => oneOf(themes.length, theme))
  const places = new Map(themes.map(({ id }, place) => [id, place]))
  const learntFrom = unknown.slice(0, mostLearntFrom)
  let guessed: Float64Array[] = []
  for (let round = 0; round <= rounds; round++) {
    model.clear()
    for (const [at, { theme }] of assigned.entries())
      model.add(known[at], certain[places.get(theme) ?? -1], 1)
    for (const [theme, sure] of certain.entries()) {
      model.add(space.texts[assigned.length + others.length + theme], sure, description)
    }
    for (const [at, shares] of guessed.entries()) model.add(learntFrom[at], shares, unassigned)
    model.learn()
    if (round < rounds) guessed = learntFrom.map((text) => model.shares(text))
  }
  return unknown.map((text) => {
    const shares = model.shares(text, calibration)
    const best = shares.indexOf(Math.max(...shares))
    return {
      theme: themes[best]?.id ?? '',
      confidence: Math.round(1000 * (shares[best] ?? 0)) / 1000,
      words: model.telling(text, best, space.listed).map((place) => space.names[place] ?? ''),
    }
  })
}

function oneOf(length: number, place: number): Float64Array {
  const shares = new Float64Array(length)
  shares[place] = 1
  return shares
}

/** For each feature how much it speaks for each theme, as the logarithm of how much more often it stands there. */
class Model {
  readonly #themes: number
  /** How often each feature stands in all texts, as a share. */
  readonly #usual: Float64Array
  readonly #laid: number
  #weights: Float64Array
  #sums: Float64Array
  #texts: Float64Array

  constructor(themes: number, texts: readonly Features[], features: number) {
    this.#themes = themes
    this.#usual = new Float64Array(features)
    let total = 0
    for (const { places, weights } of texts) {
      for (let i = 0; i < places.length; i++) {
        const weight = weights[i] ?? 0
        this.#usual[places[i] ?? 0] = (this.#usual[places[i] ?? 0] ?? 0) + weight
        total += weight
      }
    }
    for (let place = 0; place < features; place++) this.#usual[place] = (this.#usual[place] ?? 0) / total
    this.#laid = smoothing * total
    this.#weights = new Float64Array(features * themes)
    this.#sums = new Float64Array(themes)
    this.#texts = new Float64Array(themes)
  }

  clear(): void {
    this.#weights.fill(0)
    this.#sums.fill(0)
    this.#texts.fill(0)
  }

  /** @param shares how much of the text belongs to each theme */
  add(text: Features | undefined, shares: Float64Array | undefined, times: number): void {
    if (!text || !shares) return
    const { places, weights } = text
    for (let theme = 0; theme < this.#themes; theme++) {
      const share = (shares[theme] ?? 0) * times
      if (share < 0.001) continue
      this.#texts[theme] = (this.#texts[theme] ?? 0) + share
      let sum = 0
      for (let i = 0; i < places.length; i++) {
        const at = (places[i] ?? 0) * this.#themes + theme
        const weight = share * (weights[i] ?? 0)
        this.#weights[at] = (this.#weights[at] ?? 0) + weight
        sum += weight
      }
      this.#sums[theme] = (this.#sums[theme] ?? 0) + sum
    }
  }

  learn(): void {
    for (let place = 0; place < this.#usual.length; place++) {
      const usual = this.#usual[place] || 1
      for (let theme = 0; theme < this.#themes; theme++) {
        const at = place * this.#themes + theme
        const stands =
          ((this.#weights[at] ?? 0) + this.#laid * usual) / ((this.#sums[theme] ?? 0) + this.#laid)
        this.#weights[at] = Math.log(stands / usual)
      }
    }
  }

  /** How likely a text belongs to each theme; together 1. @param times how much of what speaks for one is believed */
  shares({ places, weights }: Features, times = 1): Float64Array {
    const shares = Float64Array.from(this.#texts, (texts) => times * Math.log(texts + 5))
    for (let i = 0; i < places.length; i++) {
      const from = (places[i] ?? 0) * this.#themes
      const weight = times * (weights[i] ?? 0)
      for (let theme = 0; theme < this.#themes; theme++) {
        shares[theme] = (shares[theme] ?? 0) + weight * (this.#weights[from + theme] ?? 0)
      }
    }
    const most = Math.max(...shares)
    let sum = 0
    for (let theme = 0; theme < this.#themes; theme++) {
      shares[theme] = Math.exp((shares[theme] ?? 0) - most)
      sum += shares[theme] ?? 0
    }
    return shares.map((share) => share / sum)
  }

  /** The listed features of a text that speak most for a theme, against the mean of all. */
  telling({ places, weights }: Features, theme: number, listed: Uint8Array): number[] {
    const said = Array.from(places, (place, i) => {
      let all = 0
      for (let other = 0; other < this.#themes; other++)
        all += this.#weights[place * this.#themes + other] ?? 0
      const own = this.#weights[place * this.#themes + theme] ?? 0
      return { place, weight: (weights[i] ?? 0) * (own - all / this.#themes) }
    })
    return said
      .filter(({ place, weight }) => listed[place] === 1 && weight > 0)
      .sort((a, b) => b.weight - a.weight || a.place - b.place)
      .slice(0, mostWords)
      .map(({ place }) => place)
  }
}
