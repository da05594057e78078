import type { FastifyInstance, FastifyReply } from 'fastify'
import { changePassword } from '../../db/queries/staff/credentials.ts'
import { placeNames } from '../../db/queries/staff/place-names.ts'
import { hashPassword } from '../credentials/passwords.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf, memberOf } from '../plugins/roles.ts'
import { confirmationForm, newPasswordForm } from '../rules/staff/account-forms.ts'
import type { FieldError } from '../rules/typed.ts'
import { thisSession } from './account.ts'
import { authenticate } from './authentication.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'account/password': { errors: FieldError[]; done: boolean }
  }
}

/** GET and POST /staff/account/password: a new one, for who knows the old one and has the second factor at hand. */
export function password(app: FastifyInstance, deps: Dependencies): void {
  app.get('/account/password', async (_request, reply) => show(reply, []))

  app.post('/account/password', { config: { limit: 'signIn' } }, async (request, reply) => {
    const { name } = memberOf(request)
    const names = { person: name, places: await placeNames(deps.db) }
    const { values, errors } = newPasswordForm(names).sent(request.body)
    if (!values) return show(reply, errors)
    const proof = confirmationForm.typed(request.body)
    if (!(await authenticate(deps, name, proof, 'staff.confirm'))) return show(reply, [notConfirmed])
    const hash = await hashPassword(values.newPassword)
    await changePassword(deps.db, hash, thisSession(deps, request), actOf(request, deps))
    return reply.page('account/password', { errors: [], done: true })
  })
}

/** What is said where the present password or the second factor is wrong. */
export const notConfirmed: FieldError = {
  field: 'password',
  message:
    '现在的密码或动态验证码不正确。每个验证码只能用一次，请等它更换后再试；连续输错 10 次后，请改用恢复码',
}

function show(reply: FastifyReply, errors: FieldError[]): Promise<FastifyReply> {
  return reply.code(errors.length > 0 ? 422 : 200).page('account/password', { errors, done: false })
}
