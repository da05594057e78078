/** A comment that was made up, and the campaign of which it is a copy; null where it is like no other. */
export interface MadeUp {
  body: string
  campaign: number | null
  /** How often as many words of its sender stand in it as the letter has. */
  own: number
}

/** What copies are like: nearly the letter, or the letter with as many own words as it has, or twice as many, in equal parts. */
export type Kinds = 'alike' | 'with own words'

const openers = [
  '建议',
  '请写明',
  '希望',
  '我们村',
  '基层同志反映',
  '作为老区群众，我认为',
  '恳请',
  '支持这一条，但',
]
const joins = ['，', '，并且', '；', '，同时', '。另外，', '，以便', '，避免']
const ends = ['。', '！', '，谢谢。', '，望采纳。']
const copiesEach = 50

/**
 * Comments as they come in: each of words of its own and turns of phrase that all share, and among them this share of
 * copies of campaigns: to the letter, with other punctuation, with a sentence added, with one exchanged, misspelt.
 */
export function* madeUp(
  count: number,
  share: number,
  { seed = 20_261_125, kinds = 'alike' }: { seed?: number; kinds?: Kinds } = {},
): Generator<MadeUp> {
  const random = mulberry32(seed)
  const words = vocabulary(random, 6000)
  const letters: string[] = []
  for (let i = 0; i < count; i++) {
    if (random() >= share) {
      yield { body: comment(random, words, 3 + Math.floor(random() * 5)), campaign: null, own: 0 }
      continue
    }
    const campaign = Math.floor(random() * Math.ceil((count * share) / copiesEach))
    const letter = letters[campaign] ?? comment(random, words, 6)
    letters[campaign] = letter
    const own = kinds === 'alike' ? 0 : Math.floor(random() * 3)
    const copy = copyOf(letter, random, words)
    yield { body: own === 0 ? copy : amongOwnWords(copy, own, random, words), campaign, own }
  }
}

function copyOf(letter: string, random: () => number, words: string[]): string {
  const kind = random()
  if (kind < 0.6) return letter
  if (kind < 0.7) return letter.replaceAll('，', ' ').replaceAll('。', '！')
  if (kind < 0.85) return letter + sentence(random, words) + pick(random, ends)
  const characters = [...letter]
  if (kind < 0.95) {
    const cut = Math.floor(characters.length * 0.85)
    return characters.slice(0, cut).join('') + sentence(random, words) + pick(random, ends)
  }
  for (let i = 0; i < 2; i++) characters[Math.floor(random() * characters.length)] = '某'
  return characters.join('')
}

/** A copy with so many times its length of other words: before it, behind it, around it, or in its middle. */
function amongOwnWords(copy: string, times: number, random: () => number, words: string[]): string {
  const own: string[] = []
  while (own.join('').length < copy.length * times) own.push(comment(random, words, 2))
  const kind = random()
  if (kind < 0.25) return own.join('') + copy
  if (kind < 0.5) return copy + own.join('')
  const half = Math.ceil(own.length / 2)
  if (kind < 0.75) return own.slice(0, half).join('') + copy + own.slice(half).join('')
  const middle = copy.indexOf('，', copy.length / 2) + 1
  return copy.slice(0, middle) + own.join('') + copy.slice(middle)
}

function comment(random: () => number, words: string[], parts: number): string {
  const sentences = Array.from({ length: parts }, () => sentence(random, words))
  return pick(random, openers) + sentences.join(pick(random, joins)) + pick(random, ends)
}

function sentence(random: () => number, words: string[]): string {
  return Array.from({ length: 4 + Math.floor(random() * 5) }, () => pick(random, words)).join('')
}

/** Words of two and three characters out of the CJK block's common part. */
function vocabulary(random: () => number, size: number): string[] {
  const character = () => String.fromCharCode(0x4e00 + Math.floor(random() * 3000))
  return Array.from({ length: size }, () => character() + character() + (random() < 0.3 ? character() : ''))
}

function pick<Value>(random: () => number, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value
}

/** The same numbers from the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
