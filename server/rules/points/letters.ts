/** Which comments a consultation treats as letters that may hold several points. */
export interface Letters {
  /** A comment of more characters waits until a person has parted it, or said that it is one point. */
  longerThan: number
  /** Nor may an outcome be published before; else the page that publishes it only warns. */
  bars: boolean
}

export const usualLetters: Letters = { longerThan: 400, bars: true }

/** So many proposed cuts make a letter of a shorter comment too. */
export const manyCuts = 3

/**
 * Whether a comment waits to be parted (待梳理).
 * @param length in code points
 * @param cuts how many points are proposed for it
 */
export function isLetter(length: number, cuts: number, letters: Letters | null): boolean {
  return length > (letters ?? usualLetters).longerThan || cuts >= manyCuts
}
