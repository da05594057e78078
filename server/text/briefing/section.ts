/** What is said in a part of a consultation: different texts, each with its sentences, in typed arrays that threads hand on. */
export interface Section {
  /** Of each text which stance it takes, as a number. */
  stances: Uint8Array
  /** What it is about; −1 where nobody knows. Only texts about the same are compared. */
  subjects: Int32Array
  /** Texts of one number other than −1 say the same: a concern of the office, or a campaign. */
  ties: Int32Array
  /** How many points say it, and by how many persons. */
  points: Int32Array
  people: Int32Array
  /** Of each sentence the place of its text, whether it can be quoted, and which bases it has. */
  texts: Int32Array
  quotable: Uint8Array
  bases: Uint8Array
  /** Where the features of each sentence begin, and at last where they end. */
  offsets: Int32Array
  features: Int32Array
}

/** A vector of length 1. */
export interface Vector {
  places: Int32Array
  weights: Float64Array
}

export interface Vectors {
  texts: Vector[]
  sentences: Vector[]
  /** How many places there are. */
  length: number
}

/** A group of words of one meaning says more than a word. */
const [ofWords, ofGroups] = [1, 2]

/** Texts and sentences as vectors of words and groups of words, by ln N/df over the texts, each kind with its weight. */
export function vectorsOf({ stances: { length: count }, texts, offsets, features }: Section): Vectors {
  const places = new Map<number, number>()
  const having: number[] = []
  const kinds: number[] = []
  const said: Set<number>[] = Array.from({ length: count }, () => new Set())
  const own = Array.from(texts, (text, sentence) => {
    const found: number[] = []
    for (let at = offsets[sentence] ?? 0; at < (offsets[sentence + 1] ?? 0); at++) {
      const feature = features[at] ?? 0
      let place = places.get(feature)
      if (place === undefined) {
        place = having.push(0) - 1
        places.set(feature, place)
        kinds.push(feature & 1)
      }
      const all = said[text]
      if (all && !all.has(place)) {
        all.add(place)
        having[place] = (having[place] ?? 0) + 1
      }
      found.push(place)
    }
    return found
  })
  const rarity = having.map((texts) => Math.log((count + 1) / texts))
  const made = (found: Iterable<number>) => vector([...found], rarity, kinds)
  return { texts: said.map(made), sentences: own.map(made), length: having.length }
}

function vector(found: readonly number[], rarity: readonly number[], kinds: readonly number[]): Vector {
  const squares = [0, 0]
  for (const place of found) {
    const kind = kinds[place] ?? 0
    squares[kind] = (squares[kind] ?? 0) + (rarity[place] ?? 0) ** 2
  }
  const [words = 0, groups = 0] = squares
  const length = Math.hypot(words > 0 ? ofWords : 0, groups > 0 ? ofGroups : 0) || 1
  const scales = [ofWords / Math.sqrt(words || 1) / length, ofGroups / Math.sqrt(groups || 1) / length]
  return {
    places: Int32Array.from(found),
    weights: Float64Array.from(found, (place) => (rarity[place] ?? 0) * (scales[kinds[place] ?? 0] ?? 0)),
  }
}
