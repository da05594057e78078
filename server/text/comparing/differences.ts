import { diffArrays } from 'diff'
import { commonWords } from './common-words.ts'

/** A piece of two texts: in both, only in the new one, or only in the old one. */
export interface Difference {
  change: 'same' | 'added' | 'removed'
  text: string
}

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Looking for the fewest changes takes longer with the square of their number. */
const fewEdits = 50
/** Longer texts with more changes are told as one replaced by the other: nobody reads more, and it takes long. */
const mostPairs = 100_000_000

/** The two texts word by word, in order: `same` and `removed` joined are `before`, `same` and `added` joined `after`. */
export function differences(before: string, after: string): Difference[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const few = diffArrays(old, now, { maxEditLength: fewEdits })
  if (few) {
    return few.map(({ added, removed, value }) => ({
      change: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    }))
  }
  return between(old, now, old.length * now.length > mostPairs ? [] : commonWords(old, now))
}

/** What two texts have in common, and between that what was removed and added. */
function between(before: string[], after: string[], common: [number, number][]): Difference[] {
  const found: Difference[] = []
  const tell = (change: Difference['change'], words: string[]) => {
    if (words.length === 0) return
    const last = found.at(-1)
    if (last?.change === change) last.text += words.join('')
    else found.push({ change, text: words.join('') })
  }
  let [old, now] = [0, 0]
  for (const [inBefore, inAfter] of [...common, [before.length, after.length] as const]) {
    tell('removed', before.slice(old, inBefore))
    tell('added', after.slice(now, inAfter))
    tell('same', before.slice(inBefore, inBefore + 1))
    ;[old, now] = [inBefore + 1, inAfter + 1]
  }
  return found
}

function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment)
}
