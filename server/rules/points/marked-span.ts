import { typedText, typedTicks } from '../typed.ts'
import type { Span } from './arrangement.ts'

/**
 * The words that a form marks: a span of code points that were selected, or the sentences that were ticked, which have to
 * follow one another.
 * @returns null where nothing, or something that is no span of the text, was marked; 'apart' where sentences in between were
 * not ticked
 */
export function markedSpan(form: unknown, sentences: readonly Span[], length: number): Span | 'apart' | null {
  const selected = selectedSpan(form, length)
  if (selected) return selected
  const ticked = typedTicks(form, 'sentence')
    .map(Number)
    .filter((place) => Number.isInteger(place) && sentences[place] !== undefined)
    .sort((a, b) => a - b)
  const [first, last] = [ticked[0], ticked.at(-1)]
  const [from, to] = [sentences[first ?? -1], sentences[last ?? -1]]
  if (first === undefined || last === undefined || !from || !to) return null
  return last - first + 1 === new Set(ticked).size ? { start: from.start, end: to.end } : 'apart'
}

function selectedSpan(form: unknown, length: number): Span | null {
  const [start, end] = [typedText(form, 'start'), typedText(form, 'end')].map((typed) =>
    /^\d{1,7}$/.test(typed) ? Number(typed) : null,
  )
  if (start == null || end == null || start >= end || end > length) return null
  return { start, end }
}
