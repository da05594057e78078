/** What a search looks for: every pair must occur, and some pair beginning with each initial. */
export interface Sought {
  pairs: string[]
  initials: string[]
}

/** So many say what is meant; a text of a million characters pasted into the search field says no more. */
const mostPairs = 60

/**
 * A text's words for the search index: each letter or digit with the one after it, in reading order, separated by
 * spaces; the last stands alone. Chinese has no spaces to cut words at, and pairs miss none, not even of two
 * characters. Punctuation is skipped, so that 老区，振兴 is found as 老区振兴.
 */
export function bigrams(text: string): string {
  return pairsOf(letters(text)).join(' ')
}

/** What a person typed into the search field, as pairs; null where there is no letter or digit to look for. */
export function sought(query: string): Sought | null {
  const terms = query.slice(0, 1000).split(/\s+/u).map(letters)
  const pairs = new Set(terms.flatMap((term) => pairsOf(term).slice(0, -1)))
  const initials = new Set(terms.filter((term) => term.length === 1).flat())
  if (pairs.size + initials.size === 0) return null
  return { pairs: [...pairs].slice(0, mostPairs), initials: [...initials].slice(0, mostPairs) }
}

/** Full width and half width, upper and lower case are the same to a reader. */
function letters(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]/gu) ?? []
  )
}

function pairsOf(characters: string[]): string[] {
  return characters.map((character, i) => character + (characters[i + 1] ?? ''))
}
