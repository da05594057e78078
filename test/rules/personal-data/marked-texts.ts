import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who sent a text, as they wrote themselves into the form. */
export interface Sender {
  name?: string
  contact?: string
  organisation?: string
}

/** A text with what persons have marked in it, in code points, `end` exclusive. */
export interface MarkedText {
  text: string
  sender: Sender
  marked: { start: number; end: number; class: string }[]
}

const file = join(import.meta.dirname, '../../fixtures/personal-texts/texts.jsonl')
/** So many texts at the head of the file were read while the halves were laid down. */
const readBefore = 260

/**
 * The texts of test/fixtures/personal-texts in two halves: `seen` was read while rules were written; of `unseen` only
 * totals are. Behind those that were read before, four of five texts are unseen, by the hash of what they say.
 */
export function markedTexts(): Record<'seen' | 'unseen', MarkedText[]> {
  const texts = readFileSync(file, 'utf8').trimEnd().split('\n').map(readMarks)
  const isUnseen = ({ text }: MarkedText, place: number) => place >= readBefore && hash(text) % 5 !== 0
  return { seen: texts.filter((text, place) => !isUnseen(text, place)), unseen: texts.filter(isUnseen) }
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE()
}

function readMarks(line: string): MarkedText {
  const { text: written, sender = {} } = JSON.parse(line) as { text: string; sender?: Sender }
  const marked: MarkedText['marked'] = []
  let text = ''
  let last = 0
  for (const { 0: all, 1: name = '', 2: said = '', index } of written.matchAll(/⟦(\w+)\|([^⟧]*)⟧/gu)) {
    text += written.slice(last, index)
    const start = [...text].length
    text += said
    marked.push({ start, end: [...text].length, class: name })
    last = index + all.length
  }
  return { text: text + written.slice(last), sender, marked }
}
