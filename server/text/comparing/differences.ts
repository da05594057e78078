import { diffArrays } from 'diff'

/** A piece of two texts: in both, only in the new one, or only in the old one. */
export interface Difference {
  change: 'same' | 'added' | 'removed'
  text: string
}

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Texts that differ in more words are told as one replaced by the other: nobody reads more, and it takes long. */
const mostEdits = 4000

/** The two texts word by word, in order: `same` and `removed` joined are `before`, `same` and `added` joined `after`. */
export function differences(before: string, after: string): Difference[] {
  const pieces = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostEdits })
  if (!pieces) {
    return [
      { change: 'removed', text: before },
      { change: 'added', text: after },
    ]
  }
  return pieces.map(({ added, removed, value }) => ({
    change: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment)
}
