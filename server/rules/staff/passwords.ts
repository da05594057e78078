import { isUnstorable } from '../typed.ts'
import { isCommon } from './common-passwords.ts'

/** GB/T 22239 level 3 asks for complexity; length and a list of what everybody tries first serve it better (NIST SP 800-63B). */
const shortestPassword = 12
export const longestPassword = 200

/** What a password must not hold, since everybody who tries to guess it knows it. */
export interface KnownNames {
  /** Whose password it is. */
  person: string
  /** Of the site, and of the organs that it serves. */
  places: readonly string[]
}

/** What keeps a password from being taken, in words for the person who chose it; null where nothing does. */
export function passwordProblem(password: string, { person, places }: KnownNames): string | null {
  if (isUnstorable(password)) return '密码里有键盘打不出来的字符，请换一个'
  const length = [...password].length
  if (length < shortestPassword) return `密码至少要有 ${shortestPassword} 个字符，现在是 ${length} 个`
  if (length > longestPassword) return `密码最多 ${longestPassword} 个字符`
  const plain = password.normalize('NFKC').toLowerCase()
  if (isCommon(plain) || isRepeated(plain) || isRun(plain)) return '这个密码太常见，很容易被猜中，请换一个'
  if (holds(plain, person)) return '密码里不要包含自己的姓名'
  if (places.some((place) => holds(plain, place))) return '密码里不要包含网站或者单位的名称'
  return null
}

function holds(plain: string, name: string): boolean {
  return name.length > 1 && plain.includes(name.normalize('NFKC').toLowerCase())
}

/** One to four characters over and over: 111111111111, abcabcabcabc. */
function isRepeated(text: string): boolean {
  return /^(.{1,4}?)\1+$/u.test(text)
}

/** Each character next to the one before: 123456789012, abcdefghijkl. */
function isRun(text: string): boolean {
  const steps = new Set(
    [...text]
      .slice(1)
      .map((character, i) => ((character.codePointAt(0) ?? 0) - (text.codePointAt(i) ?? 0) + 10) % 10),
  )
  return steps.size === 1 && /^([0-9]+|[a-z]+)$/.test(text)
}
