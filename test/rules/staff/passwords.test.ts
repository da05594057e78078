import { expect, test } from 'vitest'
import { type KnownNames, passwordProblem } from '../../../server/rules/staff/passwords.ts'

const names: KnownNames = { person: '张三', places: ['山西省公开征求意见', '山西省民政厅', 'Yijian'] }

test.each([
  'correct horse battery',
  '晋陕豫三省八县的老区人民',
  'x7#kQ2!vLp9$',
  '😀😁😂🤣😃😄😅😆😉😊😋😎',
  'tidy-lamp-orbit-47',
])('%s is taken', (password) => expect(passwordProblem(password, names)).toBeNull())

test.each([
  ['', '至少要有 12 个字符，现在是 0 个'],
  ['x7#kQ2!vLp9', '现在是 11 个'],
  ['😀😁😂🤣😃😄', '现在是 6 个'],
  ['山'.repeat(201), '最多 200 个字符'],
  ['Password1234', '太常见'],
  ['aaaaaaaaaaaa', '太常见'],
  ['abcabcabcabc', '太常见'],
  ['123456789012', '太常见'],
  ['098765432109', '太常见'],
  ['abcdefghijklmn', '太常见'],
  ['张三的密码一二三四五六七八', '不要包含自己的姓名'],
  ['山西省民政厅的密码二零二六', '不要包含网站或者单位的名称'],
  ['xx-yijian-7#kQ2!', '不要包含网站或者单位的名称'],
  ['x7#kQ2!\0vLp9$', '键盘打不出来'],
  ['x7#kQ2!\u{d83d}vLp9$', '键盘打不出来'],
])('%j is refused: %s', (password, said) => expect(passwordProblem(password, names)).toContain(said))

/* What people choose who are told to take twelve characters with capitals, digits and signs. */
test.each([
  'Password2026!!',
  'P@ssw0rd2026!',
  'Qwerty@123456',
  'Admin@2026888',
  'Welcome@2026!',
  'Iloveyou520520',
  'Woaini@1314520',
  '1qaz@WSX3edc',
  'Shanxi@2026888',
  'Zhengfu@2026!',
  'Sunshine123456',
  'Zxcvbnm123456',
  '２０２６Ｐａｓｓｗｏｒｄ！',
  '!!2026Adm1n1strator',
  'Dragon!Monkey1',
])('%s is too common, however it is disguised', (password) =>
  expect(passwordProblem(password, names)).toContain('太常见'),
)
