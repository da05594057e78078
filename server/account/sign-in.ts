import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { signInForm } from '../rules/staff/account-forms.ts'
import { type Grant, mayEnter, workspaces } from '../rules/staff/roles.ts'
import { type FieldError, typedText } from '../rules/typed.ts'
import { authenticate, notRecognised } from './authentication.ts'
import { signInNotice } from './sign-in-notice.ts'
import { shownAgain, staleAt } from './stale-form.ts'

interface SignInPage {
  /** Who, and where to go afterwards; a password does not come back. */
  typed: { name: string; next: string }
  errors: FieldError[]
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
    return showForm(reply, { name: '', next: typedText(request.query, 'next') })
  })

  const form = { config: { limit: 'signIn' }, errorHandler: shownAgain(showStale) } as const

  app.post('/sign-in', form, async (request, reply) => {
    const { name, next, ...proof } = signInForm.typed(request.body)
    const staffId = await authenticate(deps, name, proof, 'staff.sign_in')
    if (!staffId)
      return showForm(reply.code(422), { name, next }, [{ field: 'name', message: notRecognised }])
    await beginSession(request, staffId)
    request.session.notice = await signInNotice(deps, staffId)
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

function showForm(
  reply: FastifyReply,
  typed: SignInPage['typed'],
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  return reply.page('account/sign-in', { typed, errors, csrf: reply.formToken() })
}

/** Another tab may have signed in meanwhile: then there is nothing left to send. */
function showStale(request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> {
  const { name, next } = signInForm.typed(request.body)
  if (request.member) return reply.redirect(nextPage(next) ?? '/staff', 303)
  return showForm(reply, { name, next }, [staleAt('name')])
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
