import { isUnstorable } from '../typed.ts'

/** GB/T 22239 level 3 asks for complexity; length and a list of what everybody tries first serve it better (NIST SP 800-63B). */
const shortestPassword = 12
export const longestPassword = 200

/** Of those that lists of leaked passwords put first, what is long enough to pass otherwise. */
const common = new Set([
  'password1234',
  'password12345',
  'password123456',
  'passw0rd1234',
  'admin1234567',
  'admin12345678',
  'administrator',
  'administrator1',
  'admin@123456',
  'admin@1234567',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdf',
  'qwerty123456',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'qazwsxedcrfv',
  'iloveyou1234',
  'woaini1314520',
  'woaini520131',
  'woaini123456',
  'abc123456789',
  'abcd12345678',
  'abcdefg12345',
  'aa123456789a',
  'a1234567890b',
  'huawei123456',
  'zhengfu123456',
  'shanxi123456',
  'shanxi@123456',
  'letmein12345',
  'welcome12345',
  'changeme1234',
  'p@ssw0rd1234',
  'p@ssword1234',
])

/** What keeps a password from being taken, in words for the person who chose it; null where nothing does. */
export function passwordProblem(password: string, name: string): string | null {
  if (isUnstorable(password)) return '密码里有键盘打不出来的字符，请换一个'
  const length = [...password].length
  if (length < shortestPassword) return `密码至少要有 ${shortestPassword} 个字符，现在是 ${length} 个`
  if (length > longestPassword) return `密码最多 ${longestPassword} 个字符`
  const plain = password.toLowerCase()
  if (common.has(plain) || isRepeated(plain) || isRun(plain)) return '这个密码太常见，很容易被猜中，请换一个'
  if (name.length > 1 && plain.includes(name.toLowerCase())) return '密码里不要包含自己的姓名'
  return null
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
