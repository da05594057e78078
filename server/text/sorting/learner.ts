import { Bayes } from './bayes.ts'
import { featureSpace } from './features.ts'
import { groupsAsTexts } from './listed-words.ts'

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
  /** What the draft says, clause by clause: it has the words of offices beside those of the subject. */
  draft?: readonly string[]
}

/** How much each way to read a text counts. */
const views = { characters: 1.6, pairs: 1.5, words: 1.2, groups: 1.3, domains: 1.2 }
/** A theme's own name and words weigh as much as so many texts of it. */
const description = 12
/** An unassigned text weighs so much of an assigned one. */
const unassigned = 0.5
/** A clause of the draft, and a group of words of one meaning, weigh so much. */
const background = 3
/** Much of that is about what the office has no theme for: so much speaks for that, as a logarithm. */
const ofNoTheme = 6
const rounds = 8
/** Of the unassigned so many are learnt from; all are sorted. */
const mostLearntFrom = 2000
/**
 * So much of what speaks for a theme is believed: naive Bayes is too sure of itself, since what it counts one by one goes
 * together. What was believed wholly in one round would not be given up in the next.
 */
const belief = 0.6

/**
 * For each unassigned text the theme that it most likely belongs to. Multinomial naive Bayes, which is linear in what is
 * read of a text, learnt from assigned texts and, by expectation maximisation, from the unassigned (Nigam, McCallum, Thrun
 * and Mitchell, Text Classification from Labeled and Unlabeled Documents using EM, Machine Learning 39, 2000). A fixed number
 * of rounds over texts in their order: the same texts give the same proposals.
 */
export function propose({ themes, assigned, others, listed = [], draft = [] }: Learnt): Proposal[] {
  if (themes.length === 0) return []
  const described = themes.map(({ name, words }) => [name, ...words].join('，'))
  const backgrounds = [...draft, ...groupsAsTexts()]
  const read = [assigned.map(({ text }) => text), others, described, backgrounds]
  const space = featureSpace(read.flat(), listed, views)
  const [known = [], unknown = [], names = [], around = []] = inParts(space.texts, read)
  const model = new Bayes(themes.length, space.texts, space.names.length)
  const certain = themes.map((_, theme) => oneOf(themes.length, theme))
  const places = new Map(themes.map(({ id }, place) => [id, place]))
  const guessing = [
    ...unknown.slice(0, mostLearntFrom).map((text) => ({ text, weight: unassigned, none: -Infinity })),
    ...around.map((text) => ({ text, weight: background, none: ofNoTheme })),
  ]
  let guessed: Float64Array[] = []
  for (let round = 0; round <= rounds; round++) {
    model.clear()
    for (const [at, { theme }] of assigned.entries())
      model.add(known[at], certain[places.get(theme) ?? -1], 1)
    for (const [theme, sure] of certain.entries()) model.add(names[theme], sure, description)
    for (const [at, shares] of guessed.entries()) model.add(guessing[at]?.text, shares, guessing[at]?.weight)
    model.learn()
    if (round < rounds) guessed = guessing.map(({ text, none }) => model.shares(text, belief, none))
  }
  return unknown.map((text) => {
    const shares = model.shares(text, belief)
    const best = shares.indexOf(Math.max(...shares))
    return {
      theme: themes[best]?.id ?? '',
      confidence: Math.round(1000 * (shares[best] ?? 0)) / 1000,
      words: model.telling(text, best, space.listed).map((place) => space.names[place] ?? ''),
    }
  })
}

/** One list after another, as many of each as were read. */
function inParts<One>(all: readonly One[], read: readonly (readonly unknown[])[]): One[][] {
  let from = 0
  return read.map(({ length }) => {
    from += length
    return all.slice(from - length, from)
  })
}

function oneOf(length: number, place: number): Float64Array {
  const shares = new Float64Array(length)
  shares[place] = 1
  return shares
}
