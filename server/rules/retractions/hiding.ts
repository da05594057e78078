import { shanghaiMinute } from '../days.ts'
import type { PublicPlace } from './public-places.ts'

/** What stands in the place of hidden words, in whatever the office wrote. */
const hiddenMark = '▇▇（已隐去）'

/** What a paper for the public says where words of it were hidden after it was published. */
export function retractionNote(at: Date): string {
  return `本版有内容不宜公开，已于 ${shanghaiMinute(at)} 隐去，其余不变。`
}

const inTheDraft: ReadonlySet<PublicPlace> = new Set(['unit', 'round', 'quote'])

/**
 * A stored value without the words: a text, or whatever texts lie in lists and objects. In the draft each sign is covered
 * by itself, since quotations, repairs and the proof that nothing was lost count its characters.
 */
export function hidden<Value>(value: Value, words: string, place: PublicPlace): Value
export function hidden(value: unknown, words: string, place: PublicPlace): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(words, () => (inTheDraft.has(place) ? words.replace(/\S/gu, '▇') : hiddenMark))
  }
  if (Array.isArray(value)) return value.map((one) => hidden(one, words, place))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hidden(one, words, place)]))
}

/** Whether a stored value holds the words. */
export function holds(value: unknown, words: string): boolean {
  if (typeof value === 'string') return value.includes(words)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((one) => holds(one, words))
}
