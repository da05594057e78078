import type { FastifyInstance } from 'fastify'
import type { Entrance } from '../demonstration/entrances.ts'
import type { Dependencies } from '../dependencies.ts'
import { signedIn } from '../plugins/roles.ts'
import { ownAccount } from './account.ts'
import { activation } from './activation.ts'
import { demonstration } from './demonstration.ts'
import { password } from './password.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

/** Signing in and out, and everybody's own account, under /staff. */
export async function account(
  app: FastifyInstance,
  { entrances, ...deps }: Dependencies & { entrances: readonly Entrance[] },
): Promise<void> {
  signIn(app, deps)
  if (entrances.length > 0) demonstration(app, entrances)
  signOut(app)
  activation(app, deps)
  await app.register(async (own) => {
    own.addHook('onRequest', signedIn)
    ownAccount(own, deps)
    password(own, deps)
    recoveryCodes(own, deps)
  })
}
