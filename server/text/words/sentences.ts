/** A sentence of a clause; positions are code points in the clause's text, `end` exclusive. */
interface Sentence {
  text: string
  start: number
  end: number
}

const enders = new Set('。！？；…!?;')
const closers = new Set('”’」』〞"\'）)】］]》〉')
const pairs: Record<string, string> = {
  '（': '）',
  '(': ')',
  '《': '》',
  '【': '】',
  '〔': '〕',
  '「': '」',
  '『': '』',
}

/**
 * The sentences of a text, which joined are the text. A sentence ends with 。！？；or …; closing quotes and brackets
 * stay with it. Nothing is parted inside brackets that close again.
 */
export function splitSentences(text: string): Sentence[] {
  const characters = [...text]
  const inside = bracketed(characters)
  const sentences: Sentence[] = []
  let start = 0
  const endAt = (end: number) => {
    sentences.push({ text: characters.slice(start, end).join(''), start, end })
    start = end
  }
  for (let index = 0; index < characters.length; index++) {
    if (inside[index] || !enders.has(characters[index] ?? '')) continue
    while (enders.has(characters[index + 1] ?? '') || closers.has(characters[index + 1] ?? '')) index++
    endAt(index + 1)
  }
  if (start < characters.length) endAt(characters.length)
  return sentences
}

/** Which characters stand between brackets that match. */
function bracketed(characters: string[]): boolean[] {
  const inside: boolean[] = characters.map(() => false)
  const open: { closes: string; at: number }[] = []
  for (const [index, character] of characters.entries()) {
    const closes = pairs[character]
    if (closes) open.push({ closes, at: index })
    else if (open.at(-1)?.closes === character) {
      const outermost = open.pop()
      if (outermost && open.length === 0) inside.fill(true, outermost.at, index)
    }
  }
  return inside
}

/** The beginning of a text on one line, with …… where it goes on. @param most characters */
export function excerpt(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length > most ? `${characters.slice(0, most).join('')}……` : characters.join('')
}
