/** A text in one way of writing; the place (in code points of the original) of each of its UTF-16 units. */
export interface Plain {
  text: string
  places: number[]
}

const chineseDigits: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  '○': '0',
  幺: '1',
  壹: '1',
  贰: '2',
  叁: '3',
  肆: '4',
  伍: '5',
  陆: '6',
  柒: '7',
  捌: '8',
  玖: '9',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

/** Characters that show nothing, or a frame around a digit, by which a number is split so that it is not found. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Enclosing_Mark}\u2800\ufff9-\ufffb]/u

/** What people write between the digits of one number. */
export const between = '[ \\-._·•/()*~|]'
const parted = new RegExp(`^(?:\\s|\\p{Dash_Punctuation}|${between})$`, 'u')

/** One character in one way of writing, and what it may be of a number. */
interface Read {
  plain: string
  shown: string
  is: 'digit' | 'between' | 'invisible' | 'other'
}

/**
 * A text in lower case with half-width characters, without invisible ones; Chinese digits as digits where at least
 * seven stand in a row, so that 一、二 and 二〇二六年 stay what they are.
 */
export function inDigits(original: string): Plain {
  let text = ''
  const places: number[] = []
  const known = new Map<string, Read>()
  const characters = Array.from(original, (character) => {
    const read = known.get(character) ?? readingOf(character)
    known.set(character, read)
    return read
  })
  const inRow = rowsOfChineseDigits(characters)
  for (const [place, { plain, shown, is }] of characters.entries()) {
    if (is === 'invisible') continue
    const written = (inRow[place] && chineseDigits[plain]) || shown
    text += written
    for (let i = 0; i < written.length; i++) places.push(place)
  }
  return { text, places }
}

function readingOf(character: string): Read {
  const plain = character.normalize('NFKC').toLowerCase()
  const shown = /^\s$/u.test(plain) ? ' ' : mark(plain)
  if (invisible.test(plain)) return { plain, shown, is: 'invisible' }
  if (Object.hasOwn(chineseDigits, plain) || /^\d$/.test(plain)) return { plain, shown, is: 'digit' }
  return { plain, shown, is: parted.test(plain) ? 'between' : 'other' }
}

/** Any dash as one, and × as the letter for which it stands at the end of an ID number. */
function mark(character: string): string {
  if (character === '×') return 'x'
  return /^\p{Dash_Punctuation}$/u.test(character) ? '-' : character
}

/** 一直, 一定: behind a number it is no digit of it. */
function isWord(characters: Read[], place: number): boolean {
  return (
    characters[place]?.plain === '一' &&
    /^[直定个天年样起家次下些般共打]$/u.test(characters[place + 1]?.plain ?? '')
  )
}

/** Whether each character stands in a row of at least seven digits of either writing, split or not. */
function rowsOfChineseDigits(characters: Read[]): boolean[] {
  const inRow = characters.map(() => false)
  let row: number[] = []
  const close = () => {
    if (row.length >= 7) for (const place of row) inRow[place] = true
    row = []
  }
  for (const [place, { is }] of characters.entries()) {
    if (is === 'digit' && !isWord(characters, place)) row.push(place)
    else if (is !== 'between' && is !== 'invisible') close()
  }
  close()
  return inRow
}
