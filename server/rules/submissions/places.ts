import type { Region } from '../consultations/regions.ts'

/** A place that a reader asks for, with the words by which a text may name it. */
export interface Place {
  name: string
  words: string[]
}

/** The city or county of this name; null for a name that is none. A city is named by its counties too. */
export function placeIn(regions: Region[], name: unknown): Place | null {
  for (const { name: city, counties } of regions) {
    if (name === city) return { name: city, words: [city, ...counties].flatMap(wordsFor) }
    const county = counties.find((one) => name === `${city}${one}`)
    if (county) return { name: `${city}${county}`, words: wordsFor(county) }
  }
  return null
}

/** 武乡县 is also called 武乡; a name of one character is not shortened, since it would be found everywhere. */
function wordsFor(name: string): string[] {
  const short = name.replace(/[市县区]$/u, '')
  return [...short].length > 1 ? [short] : [name]
}

/** Whether a text names the place. */
export function names(text: string, { words }: Place): boolean {
  return words.some((word) => text.includes(word))
}
