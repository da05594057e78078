import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

/** Signing in and out, under /staff. */
export async function account(app: FastifyInstance, deps: Dependencies): Promise<void> {
  signIn(app, deps)
  signOut(app)
}
