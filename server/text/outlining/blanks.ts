/*
 * White space carries no text here. Chinese is written without spaces between words; indents (U+3000), line ends
 * and the gap after 第七条 only lay the page out, and each word processor and converter writes them differently.
 * So lengths, positions in the source and the completeness proof count every character but these. Spaces inside a
 * paragraph are kept as they stand all the same. Zero-width marks are invisible and count as blank too.
 */
const blank = /[\p{White_Space}\u00AD\u200B\u2060\uFEFF]/gu
const blankHere = /[\p{White_Space}\u00AD\u200B\u2060\uFEFF]/u

/** The text without anything blank. */
export function withoutBlanks(text: string): string {
  return text.replace(blank, '')
}

/** The text without what is blank at its two ends, U+3000 indents included. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlankAt(text, start)) start++
  while (end > start && isBlankAt(text, end - 1)) end--
  return text.slice(start, end)
}

/** Asked of every line's ends: most are visible ASCII or Chinese, which no expression need look at. */
function isBlankAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  const isPlain = (code > 0x20 && code < 0x7f) || (code > 0x3000 && code < 0xfeff)
  return !isPlain && blankHere.test(text.charAt(index))
}

/** Characters (code points) that are not blank. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of withoutBlanks(text)) count++
  return count
}
