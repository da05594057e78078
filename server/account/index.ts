import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { signedIn } from '../plugins/roles.ts'
import { ownAccount } from './account.ts'
import { activation } from './activation.ts'
import { password } from './password.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

/** Signing in and out, and everybody's own account, under /staff. */
export async function account(app: FastifyInstance, deps: Dependencies): Promise<void> {
  signIn(app, deps)
  signOut(app)
  activation(app, deps)
  await app.register(async (own) => {
    own.addHook('onRequest', signedIn)
    ownAccount(own, deps)
    password(own, deps)
    recoveryCodes(own, deps)
  })
}
