import { createHash } from 'node:crypto'

/** A random sample that anybody can draw again: the items whose hash with the seed is least. */
export function sampleOf(items: readonly string[], seed: string, size: number): string[] {
  return items
    .map((item) => ({ item, lot: createHash('sha256').update(`${seed}\0${item}`).digest('hex') }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, size)
    .map(({ item }) => item)
}
