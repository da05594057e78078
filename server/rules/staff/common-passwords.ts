import passwords from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' }

/** About 49,000 that lists of leaked passwords put first, in small letters. */
const listed = new Set(passwords)

/** Of what is tried first at Chinese offices, what those lists have not. */
const alsoListed = new Set([
  'zhengfu',
  'shanxi',
  'huawei',
  'abcd',
  'abcdefg',
  '2wsx3edc',
  '3edc',
  '4rfv',
  'aa123456789a',
  'a1234567890b',
])

const shortestPiece = 3
/** Nobody tries longer ones first; and NFKC makes of one sign up to eighteen. */
const longestCommon = 80
/** What is worth no more than nothing before or behind a word that everybody tries. */
const tails = /^[^\p{L}]+|(?<=\p{L})[^\p{L}]+$/gu
const notCharacters = /[^\p{L}\p{N}]+/gu
const shortestWord = 4

/** Letters as they are disguised; 1 stands for either of two. */
const disguises: Record<string, string> = {
  '@': 'a',
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
  '!': 'i',
}

/**
 * Whether a password is one that everybody tries first: as it is, with letters disguised, with a tail of digits and
 * signs, or two such, one behind the other.
 */
export function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  if (plain.length > longestCommon) return false
  const word = plain.replace(tails, '')
  const disguised = ['l', 'i'].map((one) => undisguised(word, one))
  const words = [word, ...disguised].filter((text) => text.length >= shortestWord)
  return [plain.replace(notCharacters, ''), ...words.map((text) => text.replace(notCharacters, ''))].some(
    isMade,
  )
}

function undisguised(word: string, one: string): string {
  return word.replace(/[^a-z]/g, (sign) => (sign === '1' ? one : (disguises[sign] ?? sign)))
}

/** Whether a text is listed, or two listed ones. */
function isMade(text: string): boolean {
  if (isListed(text)) return true
  for (let end = shortestPiece; end <= text.length - shortestPiece; end += 1) {
    if (isListed(text.slice(0, end)) && isListed(text.slice(end))) return true
  }
  return false
}

function isListed(text: string): boolean {
  return listed.has(text) || alsoListed.has(text)
}
