import { type Field, unjudged } from '../fields.ts'
import { form, type ValuesIn } from '../form.ts'
import { type KnownNames, longestPassword, passwordProblem } from './passwords.ts'

/** A password as it was typed, blanks included; one that is far too long is none. */
function password(problem: (typed: string) => string | null = () => null): Field<string, string> {
  return {
    ...unjudged(),
    typed: (form, name) => {
      const typed: unknown = Object(form)[name]
      return typeof typed === 'string' && typed.length <= longestPassword * 2 ? typed : ''
    },
    problem,
  }
}

/** What proves who somebody is: the password, and what the authenticator shows or a recovery code. */
export const confirmationForm = form({ password: password(), code: unjudged() })
export type Confirmation = ValuesIn<typeof confirmationForm>

/** Who, the proof, and where to go afterwards. */
export const signInForm = form({ name: unjudged(), password: password(), code: unjudged(), next: unjudged() })

/** The code that an administrator gave. */
export const activationForm = form({ code: unjudged() })

/** What was set up, sealed, and the authenticator's first code. */
export const authenticatorForm = form({ setup: unjudged(), code: unjudged() })

/** A password that is chosen, and once more. @param names what it must not hold */
export function newPasswordForm(names: KnownNames) {
  const problem = (typed: string) => passwordProblem(typed, names)
  return form({ new_password: password(problem), repeated: password() }, ({ new_password, repeated }) => [
    [
      'repeated',
      problem(new_password) === null && repeated !== new_password
        ? '两次输入的新密码不一样，请重新输入'
        : null,
    ],
  ])
}
