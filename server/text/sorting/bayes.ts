import type { Features } from './features.ts'

/** How much of what all texts say is laid under what a theme's say: for so few texts more would be chance. */
const smoothing = 0.02
/** Each theme is taken to have so many texts more than it has, so that a large one does not draw what is doubtful. */
const beforehand = 10
const mostWords = 5

/** For each feature how much it speaks for each theme, as the logarithm of how much more often it stands there. */
export class Bayes {
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
  add(text: Features | undefined, shares: Float64Array | undefined, times = 1): void {
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

  /**
   * How likely a text belongs to each theme.
   * @param times how much of what speaks for one is believed
   * @param none how much speaks for it being of no theme at all; without it they are 1 together
   */
  shares({ places, weights }: Features, times = 1, none = -Infinity): Float64Array {
    const shares = Float64Array.from(this.#texts, (texts) => times * Math.log(texts + beforehand))
    for (let i = 0; i < places.length; i++) {
      const from = (places[i] ?? 0) * this.#themes
      const weight = times * (weights[i] ?? 0)
      for (let theme = 0; theme < this.#themes; theme++) {
        shares[theme] = (shares[theme] ?? 0) + weight * (this.#weights[from + theme] ?? 0)
      }
    }
    const most = Math.max(none, ...shares)
    let sum = Math.exp(none - most)
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
