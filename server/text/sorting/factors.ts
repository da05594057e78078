import type { Features } from './features.ts'

/** Of each text how much it has of each factor, and of each factor how much it has of each feature. */
export interface Factors {
  texts: Float64Array[]
  features: Float64Array[]
}

const rounds = 25
const tiny = 1e-9

/**
 * Non-negative matrix factorisation with multiplicative updates (Lee and Seung, Algorithms for Non-negative Matrix
 * Factorization, NIPS 2000). It starts from texts that are far from one another, so that the same texts give the same factors.
 * @param count how many factors; fewer where there are fewer different texts
 */
export function factorise(texts: readonly Features[], features: number, count: number): Factors {
  const seeds = farApart(texts, features, count)
  const h = seeds.map((seed) => started(texts[seed], features))
  const w = texts.map(() => new Float64Array(h.length).fill(1 / Math.max(h.length, 1)))
  for (let round = 0; round < rounds; round++) {
    updateTexts(texts, w, h)
    updateFeatures(texts, w, h)
  }
  return { texts: w, features: h }
}

function started(text: Features | undefined, features: number): Float64Array {
  const row = new Float64Array(features).fill(0.001)
  for (const [i, place] of text?.places.entries() ?? [])
    row[place] = (row[place] ?? 0) + (text?.weights[i] ?? 0)
  return row
}

/** The text that is most like all others, then each time the one whose nearest chosen one is farthest, of those like many. */
function farApart(texts: readonly Features[], features: number, count: number): number[] {
  const sum = new Float64Array(features)
  for (const { places, weights } of texts) {
    for (let i = 0; i < places.length; i++)
      sum[places[i] ?? 0] = (sum[places[i] ?? 0] ?? 0) + (weights[i] ?? 0)
  }
  const central = texts.map((text) => dot(text, sum))
  const nearest = texts.map(() => 0)
  const chosen: number[] = []
  const row = new Float64Array(features)
  while (chosen.length < count) {
    let best = -1
    let most = tiny
    for (const [at, weight] of central.entries()) {
      const value = weight * (1 - (nearest[at] ?? 0)) ** 4
      if (value > most) [best, most] = [at, value]
    }
    const text = texts[best]
    if (!text) break
    chosen.push(best)
    row.fill(0)
    for (const [i, place] of text.places.entries()) row[place] = text.weights[i] ?? 0
    for (const [at, other] of texts.entries())
      nearest[at] = Math.max(nearest[at] ?? 0, Math.min(1, dot(other, row)))
  }
  return chosen
}

export function dot({ places, weights }: Features, row: Float64Array): number {
  let sum = 0
  for (let i = 0; i < places.length; i++) sum += (weights[i] ?? 0) * (row[places[i] ?? 0] ?? 0)
  return sum
}

/** W ∘ (V Hᵀ) / (W H Hᵀ) */
function updateTexts(texts: readonly Features[], w: Float64Array[], h: Float64Array[]): void {
  const hh = products(h)
  for (const [at, text] of texts.entries()) {
    const own = w[at] as Float64Array
    const next = h.map((row, k) => {
      let under = tiny
      for (let other = 0; other < h.length; other++) under += (hh[k]?.[other] ?? 0) * (own[other] ?? 0)
      return ((own[k] ?? 0) * dot(text, row)) / under
    })
    own.set(next)
  }
}

/** H ∘ (Wᵀ V) / (Wᵀ W H) */
function updateFeatures(texts: readonly Features[], w: Float64Array[], h: Float64Array[]): void {
  const over = h.map((row) => new Float64Array(row.length))
  const ww = h.map(() => new Float64Array(h.length))
  for (const [at, { places, weights }] of texts.entries()) {
    const own = w[at] as Float64Array
    for (const [k, share] of own.entries()) {
      if (share < 1e-6) continue
      const row = over[k] as Float64Array
      for (let i = 0; i < places.length; i++)
        row[places[i] ?? 0] = (row[places[i] ?? 0] ?? 0) + share * (weights[i] ?? 0)
      const products = ww[k] as Float64Array
      for (const [other, share2] of own.entries()) products[other] = (products[other] ?? 0) + share * share2
    }
  }
  const before = h.map((row) => row.slice())
  for (const [k, row] of h.entries()) {
    const under = new Float64Array(row.length).fill(tiny)
    for (const [other, old] of before.entries()) {
      const share = ww[k]?.[other] ?? 0
      for (let place = 0; place < row.length; place++)
        under[place] = (under[place] ?? 0) + share * (old[place] ?? 0)
    }
    for (let place = 0; place < row.length; place++) {
      row[place] = ((row[place] ?? 0) * (over[k]?.[place] ?? 0)) / (under[place] ?? 1)
    }
  }
}

function products(h: Float64Array[]): Float64Array[] {
  return h.map((row) =>
    Float64Array.from(h, (other) => {
      let sum = 0
      for (let place = 0; place < row.length; place++) sum += (row[place] ?? 0) * (other[place] ?? 0)
      return sum
    }),
  )
}
