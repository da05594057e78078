import { expect, test } from 'vitest'
import { passwordProblem } from '../../../server/rules/staff/passwords.ts'

test.each(['correct horse battery', '晋陕豫三省八县的老区人民', 'x7#kQ2!vLp9$', '😀😁😂🤣😃😄😅😆😉😊😋😎'])(
  '%s is taken',
  (password) => expect(passwordProblem(password, '张三')).toBeNull(),
)

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
  ['x7#kQ2!\0vLp9$', '键盘打不出来'],
  ['x7#kQ2!\u{d83d}vLp9$', '键盘打不出来'],
])('%j is refused: %s', (password, said) => expect(passwordProblem(password, '张三')).toContain(said))
