import { everydayGroups } from '../words/everyday/everyday.ts'

/** Words of lists, each with the groups of words of one meaning in which it stands. */
export interface ListOfWords {
  groupsOf: ReadonlyMap<string, readonly string[]>
  /** How long the longest is that begins with a character, so that few lengths are tried. */
  longest: ReadonlyMap<string, number>
}

/** Praise, police and prices go with every subject. */
const unspecific = '其他'

/** Single characters are words only where no longer one holds them. */
const leastWithin = 2

/** @param listed words of the consultation besides those of every day */
export function listOfWords(listed: Iterable<string>): ListOfWords {
  const groupsOf = new Map<string, readonly string[]>()
  for (const word of listed) groupsOf.set(folded(word), [])
  for (const [word, groups] of everydayGroups) {
    groupsOf.set(
      word,
      groups.filter((group) => !group.startsWith(unspecific)),
    )
  }
  const longest = new Map<string, number>()
  for (const word of groupsOf.keys()) {
    const first = word.charAt(0)
    longest.set(first, Math.max(longest.get(first) ?? 0, word.length))
  }
  return { groupsOf, longest }
}

/**
 * The groups of words of one meaning as texts of their words, without those that go with every subject: what somebody knows
 * beforehand of what goes together.
 */
export function groupsAsTexts(): string[] {
  const words = new Map<string, string[]>()
  for (const [word, groups] of everydayGroups) {
    for (const group of groups) {
      if (group.startsWith(unspecific)) continue
      const own = words.get(group)
      if (own) own.push(word)
      else words.set(group, [word])
    }
  }
  return Array.from(words.values(), (own) => own.join('，'))
}

/**
 * Finds the listed words of a text, the longest at each place, each with the groups of words of one meaning in which it
 * stands.
 * @param listed words of the consultation besides those of every day
 */
export function listedReader(listed: Iterable<string>): (text: string) => Map<string, readonly string[]> {
  const list = listOfWords(listed)
  return (text) => {
    const found = new Map<string, readonly string[]>()
    for (const [run] of folded(text).matchAll(/[\p{L}\p{N}]+/gu)) {
      for (const word of longestWords(run, list)) found.set(word, list.groupsOf.get(word) ?? [])
    }
    return found
  }
}

/** The listed words of a run, those within longer ones too: 农村妇女 has 农村 and 妇女. Some stand there several times. */
export function wordsStanding(run: string, { groupsOf, longest }: ListOfWords): string[] {
  const found: string[] = []
  let held = 0
  for (let at = 0; at < run.length; at++) {
    const most = Math.min(longest.get(run.charAt(at)) ?? 0, run.length - at)
    for (let length = most; length >= (at < held ? leastWithin : 1); length--) {
      const word = run.slice(at, at + length)
      if (!groupsOf.has(word)) continue
      found.push(word)
      held = Math.max(held, at + length)
    }
  }
  return found
}

function* longestWords(run: string, { groupsOf, longest }: ListOfWords): Generator<string> {
  for (let at = 0; at < run.length; ) {
    let length = Math.min(longest.get(run.charAt(at)) ?? 0, run.length - at)
    while (length > 0 && !groupsOf.has(run.slice(at, at + length))) length--
    if (length > 0) yield run.slice(at, at + length)
    at += Math.max(length, 1)
  }
}

/** As words are compared: of one width and one case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
