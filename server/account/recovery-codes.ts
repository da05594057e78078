import type { FastifyInstance } from 'fastify'
import { countRecoveryCodes, renewRecoveryCodes } from '../../db/queries/staff/credentials.ts'
import { newRecoveryCodes, recoveryHashes } from '../credentials/recovery-codes.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf, memberOf } from '../plugins/roles.ts'
import { confirmationForm } from '../rules/staff/account-forms.ts'
import type { FieldError } from '../rules/typed.ts'
import { authenticate } from './authentication.ts'
import { notConfirmed } from './password.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'account/recovery-codes': { left: number; errors: FieldError[] }
    'account/recovery-codes-new': { codes: string[] }
  }
}

/** GET and POST /staff/account/recovery-codes: new ones in the place of all old ones, shown this once. */
export function recoveryCodes(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals } = deps

  app.get('/account/recovery-codes', async (request, reply) => {
    const left = await countRecoveryCodes(db, memberOf(request).id)
    return reply.page('account/recovery-codes', { left, errors: [] })
  })

  app.post('/account/recovery-codes', { config: { limit: 'signIn' } }, async (request, reply) => {
    const { id, name } = memberOf(request)
    const proof = confirmationForm.typed(request.body)
    if (!(await authenticate(deps, name, proof, 'staff.confirm'))) {
      const left = await countRecoveryCodes(db, id)
      return reply.code(422).page('account/recovery-codes', { left, errors: [notConfirmed] })
    }
    const codes = newRecoveryCodes()
    await renewRecoveryCodes(db, recoveryHashes(seals, id, codes), actOf(request, deps))
    return reply.page('account/recovery-codes-new', { codes })
  })
}
