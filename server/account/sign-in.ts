import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { limits } from '../plugins/rate-limits.ts'
import { type Grant, mayEnter, workspaces } from '../rules/staff/roles.ts'
import { typedText } from '../rules/typed.ts'
import { authenticate, notRecognised } from './authentication.ts'

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

const longestAgent = 200
const nowhere = 'http://portal.invalid'

/** GET and POST /staff/sign-in: name, password and the second factor, all at once; /staff leads to where work begins. */
export function signIn(app: FastifyInstance, deps: Dependencies): void {
  app.get('/sign-in', async (request, reply) => {
    if (request.member) return reply.redirect(startPage(request.member.grants), 303)
    return showForm(reply, { name: '', next: typedText(request.query, 'next'), error: null })
  })

  app.post('/sign-in', { config: { rateLimit: limits.signIn } }, async (request, reply) => {
    const name = typedText(request.body, 'name')
    const next = typedText(request.body, 'next')
    const staffId = await authenticate(deps, name, request.body, 'staff.sign_in')
    if (!staffId) return showForm(reply.code(422), { name, next, error: notRecognised })
    await beginSession(request, staffId)
    return reply.redirect(nextPage(next) ?? '/staff', 303)
  })

  app.get('/', async (request, reply) =>
    reply.redirect(request.member ? startPage(request.member.grants) : '/staff/sign-in', 303),
  )
}

/** Where work begins for somebody with these roles: the first workspace that they may open, else their account. */
function startPage(grants: readonly Grant[]): string {
  return workspaces.find(({ key }) => mayEnter(grants, key, 'read'))?.path ?? '/staff/account'
}

function showForm(reply: FastifyReply, page: Omit<SignInPage, 'csrf'>): Promise<FastifyReply> {
  return reply.page('account/sign-in', { ...page, csrf: reply.generateCsrf() })
}

/** A new session under a new cookie: one that was there before may be known to somebody else (session fixation). */
export async function beginSession(request: FastifyRequest, staffId: string): Promise<void> {
  await request.session.regenerate()
  request.session.staffId = staffId
  request.session.agent = (request.headers['user-agent'] ?? '').slice(0, longestAgent)
}

/** The staff page that a sign-in was asked for on the way to; null for any other address, above all one elsewhere. */
function nextPage(typed: string): string | null {
  const url = URL.canParse(typed, nowhere) ? new URL(typed, nowhere) : null
  if (url?.origin !== nowhere || !/^\/(moderation|office|admin|staff)(\/|$)/.test(url.pathname)) return null
  return url.pathname + url.search
}
