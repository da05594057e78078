import { everydayGroups } from '../words/everyday/everyday.ts'

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

/** How a text is read: by characters, pairs of them, listed words, groups of words of one meaning, and their domains. */
const views = { characters: 0.8, pairs: 1, words: 1, groups: 2, domains: 2 }
type View = keyof typeof views
const viewNames = Object.keys(views) as View[]

/** Praise, police and prices go with every subject. */
const unspecific = '其他'

/** What stands in fewer texts says nothing of others. */
const leastTexts = 2

/**
 * Texts as vectors, by tf-idf in each view (1 + ln tf, ln N/df), each view with its weight. Texts that nobody has put
 * anywhere count for what is common and what is rare.
 * @param listed words of the consultation besides those of every day
 * @param only these views
 */
export function featureSpace(
  texts: readonly string[],
  listed: Iterable<string> = [],
  only: readonly View[] = viewNames,
): FeatureSpace {
  const known = viewNames.map(() => new Map<string, number>())
  const features: Feature[] = []
  const isRead = viewNames.map((name) => only.includes(name))
  const read = reader(listed, (view, name) => {
    if (!isRead[view]) return null
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
    texts: counted.map((counts) => vector(counts, features, texts.length)),
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
  const { groupsOf, longest } = wordList(listed)
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
      for (const word of longestWords(run, groupsOf, longest)) found.add(word)
    }
    for (const word of found) {
      see(words, word)
      const own = groupsOf.get(word) ?? []
      for (const group of own) see(groups, group)
      for (const domain of new Set(own.map((group) => group.slice(0, group.indexOf('·')))))
        see(domains, domain)
    }
    return counts
  }
}

/**
 * Finds the listed words of a text, each with the groups of words of one meaning in which it stands.
 * @param listed words of the consultation besides those of every day
 */
export function listedReader(listed: Iterable<string>): (text: string) => Map<string, readonly string[]> {
  const { groupsOf, longest } = wordList(listed)
  return (text) => {
    const found = new Map<string, readonly string[]>()
    for (const [run] of folded(text).matchAll(/[\p{L}\p{N}]+/gu)) {
      for (const word of longestWords(run, groupsOf, longest)) found.set(word, groupsOf.get(word) ?? [])
    }
    return found
  }
}

function wordList(listed: Iterable<string>) {
  const groupsOf = new Map<string, readonly string[]>()
  for (const word of listed) groupsOf.set(folded(word), [])
  for (const [word, groups] of everydayGroups) {
    groupsOf.set(
      word,
      groups.filter((group) => !group.startsWith(unspecific)),
    )
  }
  /** By the first character, so that few lengths are tried. */
  const longest = new Map<string, number>()
  for (const word of groupsOf.keys()) {
    const first = word.charAt(0)
    longest.set(first, Math.max(longest.get(first) ?? 0, word.length))
  }
  return { groupsOf, longest }
}

function* longestWords(
  run: string,
  list: ReadonlyMap<string, unknown>,
  longest: ReadonlyMap<string, number>,
): Generator<string> {
  for (let at = 0; at < run.length; ) {
    let length = Math.min(longest.get(run.charAt(at)) ?? 0, run.length - at)
    while (length > 0 && !list.has(run.slice(at, at + length))) length--
    if (length > 0) yield run.slice(at, at + length)
    at += Math.max(length, 1)
  }
}

function vector(counts: Counts, features: readonly Feature[], texts: number): Features {
  const found: [place: number, weight: number, view: number][] = []
  const squares = viewNames.map(() => 0)
  for (const [id, count] of counts) {
    const { place, view, texts: having } = features[id] as Feature
    if (place < 0) continue
    const weight = (1 + Math.log(count)) * Math.log(texts / having)
    squares[view] = (squares[view] ?? 0) + weight * weight
    found.push([place, weight, view])
  }
  const scaled = viewNames.map((name, view) => views[name] / Math.sqrt(squares[view] || 1))
  const length = Math.sqrt(
    viewNames.reduce((sum, name, view) => sum + (squares[view] ? views[name] ** 2 : 0), 0),
  )
  return {
    places: Int32Array.from(found, ([place]) => place),
    weights: Float64Array.from(found, ([, weight, view]) => (weight * (scaled[view] ?? 0)) / (length || 1)),
  }
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
