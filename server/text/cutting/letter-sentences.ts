import { trimBlanks } from '../outlining/blanks.ts'
import { splitSentences } from '../words/sentences.ts'
import { innerItem } from './beginnings.ts'

/** A sentence of a letter; positions are code points in the letter, `end` exclusive. */
export interface LetterSentence {
  start: number
  end: number
}

/** Of a line without any punctuation that is as long, blanks part what it says. */
const runOn = 20
const lineBreak = /(?<=[\n\r\u2028\u2029])/u
const beforeItem = new RegExp(`(?<=[，,：:])(?=${innerItem})`, 'u')
const afterBlanks = /(?<=\p{White_Space})(?=\P{White_Space})/u
const punctuation = /[，。；：！？、…,;:!?]/u

/**
 * The sentences of a letter, the smallest pieces that it may be cut into; joined they are the letter. A line break ends
 * one too, and so does what leads to the next item of a list: ，二是. Blanks and line breaks belong to the sentence
 * before, or to the first.
 */
export function letterSentences(letter: string): LetterSentence[] {
  const sentences: LetterSentence[] = []
  let at = 0
  for (const piece of pieces(letter)) {
    const start = at + (piece.length - trimBlanks(`${piece}.`).length + 1)
    at += [...piece].length
    const last = sentences.at(-1)
    if (last) last.end = Math.min(start, at)
    if (start < at) sentences.push({ start: last ? start : 0, end: at })
  }
  const last = sentences.at(-1)
  if (last) last.end = at
  else if (at > 0) sentences.push({ start: 0, end: at })
  return sentences
}

const mayPart = new RegExp(
  `[。！？；…!?;\\n\\r\\u2028\\u2029]|[，,：:](?=${innerItem})|\\p{White_Space}+`,
  'gu',
)

/** How many sentences a letter has at most, which is found out sooner than which they are. */
export function mostSentences(letter: string): number {
  return 1 + (letter.match(mayPart)?.length ?? 0)
}

function pieces(letter: string): string[] {
  return splitSentences(letter)
    .flatMap(({ text }) => text.split(lineBreak))
    .flatMap((text) => text.split(beforeItem))
    .flatMap((text) =>
      trimBlanks(text).length < runOn || punctuation.test(text) ? [text] : text.split(afterBlanks),
    )
}
