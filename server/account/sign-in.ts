import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { limits } from '../plugins/rate-limits.ts'
import { typedText } from '../rules/typed.ts'
import { authenticate, notRecognised } from './authentication.ts'
import { beginSession } from './begin-session.ts'
import { nextPage } from './next-page.ts'
import { startPage } from './start-page.ts'

interface SignInPage {
  name: string
  /** Where to go afterwards. */
  next: string
  error: string | null
  csrf: string
}

declare module '../plugins/views.ts' {
  interface Views {
    'account/sign-in': SignInPage
  }
}

const path = '/staff/sign-in'

/** GET and POST /staff/sign-in: name, password and the second factor, all at once. */
export function signIn(app: FastifyInstance, deps: Dependencies): void {
  app.get(path, async (request, reply) => {
    if (request.member) return reply.redirect(startPage(request.member.grants), 303)
    return showForm(reply, { name: '', next: typedText(request.query, 'next'), error: null })
  })

  app.post(path, { config: { rateLimit: limits.signIn } }, async (request, reply) => {
    const name = typedText(request.body, 'name')
    const next = typedText(request.body, 'next')
    const staffId = await authenticate(deps, name, request.body, 'staff.sign_in')
    if (!staffId) return showForm(reply.code(422), { name, next, error: notRecognised })
    await beginSession(request, staffId)
    return reply.redirect(nextPage(next) ?? '/staff', 303)
  })

  app.get('/staff', async (request, reply) =>
    reply.redirect(request.member ? startPage(request.member.grants) : path, 303),
  )
}

function showForm(reply: FastifyReply, page: Omit<SignInPage, 'csrf'>): Promise<FastifyReply> {
  return reply.page('account/sign-in', { ...page, csrf: reply.generateCsrf() })
}
