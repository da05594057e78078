import { passwordProblem } from '../rules/staff/passwords.ts'
import type { FieldError } from '../rules/typed.ts'
import { typedPassword } from './authentication.ts'

/** The password that was chosen, in `new_password` and once more in `repeated`, with what keeps it from being taken. */
export function newPassword(form: unknown, name: string): { password: string; errors: FieldError[] } {
  const password = typedPassword(form, 'new_password')
  const problem = passwordProblem(password, name)
  if (problem) return { password, errors: [{ field: 'new_password', message: problem }] }
  if (typedPassword(form, 'repeated') !== password) {
    return { password, errors: [{ field: 'repeated', message: '两次输入的新密码不一样，请重新输入' }] }
  }
  return { password, errors: [] }
}
