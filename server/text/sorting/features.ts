import { folded, listOfWords, wordsStanding } from './listed-words.ts'

/** What is read of a text: the place of each feature, and how much it says of it. Of length 1 as a vector. */
export interface Features {
  places: Int32Array
  weights: Float64Array
}

export interface FeatureSpace {
  texts: Features[]
  /** What each place stands for: 医 · 医生 · 医疗·医护 (a group of words) · 医疗 (a domain of groups). */
  names: string[]
  /** Whether it stands in a list, or is only what a text says: 1 or 0. */
  listed: Uint8Array
}

/** How a text may be read: by characters, pairs of them, listed words, groups of words of one meaning, and their domains. */
const viewNames = ['characters', 'pairs', 'words', 'groups', 'domains'] as const
/** By which it is, and how much each counts. */
export type Views = Partial<Record<(typeof viewNames)[number], number>>

/** What stands in fewer texts says nothing of others. */
const leastTexts = 2

/**
 * Texts as vectors, by tf-idf in each view (1 + ln tf, ln N/df), each view with its weight. Texts that nobody has put
 * anywhere count for what is common and what is rare.
 * @param listed words of the consultation besides those of every day
 */
export function featureSpace(texts: readonly string[], listed: Iterable<string>, views: Views): FeatureSpace {
  const known = viewNames.map(() => new Map<string, number>())
  const features: Feature[] = []
  const counting = viewNames.map((name) => views[name] ?? 0)
  const read = reader(listed, (view, name) => {
    if (!counting[view]) return null
    const found = known[view]?.get(name)
    if (found !== undefined) return found
    known[view]?.set(name, features.length)
    return features.push({ name, view, texts: 0, place: -1 }) - 1
  })
  const counted = texts.map(read)
  for (const counts of counted) for (const id of counts.keys()) (features[id] as Feature).texts++
  const standing = features.filter((feature) => feature.texts >= leastTexts)
  for (const [place, feature] of standing.entries()) feature.place = place
  return {
    texts: counted.map((counts) => vector(counts, features, texts.length, counting)),
    names: standing.map(({ name }) => name),
    listed: Uint8Array.from(standing, ({ view }) =>
      viewNames[view] === 'characters' || viewNames[view] === 'pairs' ? 0 : 1,
    ),
  }
}

interface Feature {
  name: string
  view: number
  /** In so many it stands. */
  texts: number
  /** In the vectors; -1 where it stands in too few. */
  place: number
}

/** How often each feature stands in a text, by its number. */
type Counts = Map<number, number>

/** @param numberOf a feature of a view; null where that is not read */
function reader(listed: Iterable<string>, numberOf: (view: number, name: string) => number | null) {
  const list = listOfWords(listed)
  const [characters, pairs, words, groups, domains] = viewNames.map((_, view) => view) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return (text: string): Counts => {
    const counts: Counts = new Map()
    const see = (view: number, name: string) => {
      const id = numberOf(view, name)
      if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    const found = new Set<string>()
    for (const [run] of folded(text).matchAll(/[\p{L}\p{N}]+/gu)) {
      for (let at = 0; at < run.length; at++) {
        see(characters, run.charAt(at))
        if (at + 1 < run.length) see(pairs, run.slice(at, at + 2))
      }
      for (const word of wordsStanding(run, list)) found.add(word)
    }
    for (const word of found) {
      see(words, word)
      const own = list.groupsOf.get(word) ?? []
      for (const group of own) see(groups, group)
      for (const domain of new Set(own.map((group) => group.slice(0, group.indexOf('·')))))
        see(domains, domain)
    }
    return counts
  }
}

/** @param texts how many there are @param counting how much each view does */
function vector(
  counts: Counts,
  features: readonly Feature[],
  texts: number,
  counting: readonly number[],
): Features {
  const places = new Int32Array(counts.size)
  const weights = new Float64Array(counts.size)
  const viewsOf = new Uint8Array(counts.size)
  const squares = counting.map(() => 0)
  let found = 0
  for (const [id, count] of counts) {
    const { place, view, texts: having } = features[id] as Feature
    if (place < 0) continue
    const weight = (1 + Math.log(count)) * Math.log(texts / having)
    squares[view] = (squares[view] ?? 0) + weight * weight
    places[found] = place
    weights[found] = weight
    viewsOf[found] = view
    found++
  }
  const length = Math.sqrt(counting.reduce((sum, weight, view) => sum + (squares[view] ? weight ** 2 : 0), 0))
  const scaled = counting.map((weight, view) => weight / Math.sqrt(squares[view] || 1) / (length || 1))
  for (let i = 0; i < found; i++) weights[i] = (weights[i] ?? 0) * (scaled[viewsOf[i] ?? 0] ?? 0)
  return { places: places.slice(0, found), weights: weights.slice(0, found) }
}
