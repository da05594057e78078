import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import { findCredentials, recordSignIn } from '../../db/queries/staff.ts'
import { isPassword } from '../credentials/passwords.ts'
import { totpStep } from '../credentials/second-factor.ts'
import type { Dependencies } from '../dependencies.ts'
import { limits } from '../plugins/rate-limits.ts'
import { longestPassword } from '../rules/passwords.ts'
import { isUnstorable, typedText } from '../rules/typed.ts'
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
const longestAgent = 200

/** GET and POST /staff/sign-in: name, password and the authenticator's code, all at once. */
export function signIn(app: FastifyInstance, deps: Dependencies): void {
  app.get(path, async (request, reply) => {
    if (request.member) return reply.redirect(startPage(request.member.grants), 303)
    return showForm(reply, { name: '', next: typedText(request.query, 'next'), error: null })
  })

  app.post(path, { config: { rateLimit: limits.signIn } }, async (request, reply) => {
    const name = typedText(request.body, 'name')
    const next = typedText(request.body, 'next')
    const staffId = await whoSignsIn(deps, name, request.body)
    if (!staffId) {
      const error = '姓名、密码或动态验证码不正确。验证码每 30 秒更换，每个只能用一次；请换一个再试。'
      return showForm(reply.code(422), { name, next, error })
    }
    await beginSession(request, staffId)
    return reply.redirect(nextPage(next) ?? '/staff', 303)
  })

  app.get('/staff', async (request, reply) =>
    reply.redirect(request.member ? startPage(request.member.grants) : path, 303),
  )
}

/** The id of the member of staff whose name, password and fresh code these are; null otherwise, without saying which. */
async function whoSignsIn(
  { db, seals, now }: Dependencies,
  name: string,
  form: unknown,
): Promise<string | null> {
  const typed = Object(form).password
  const password = typeof typed === 'string' && typed.length <= longestPassword * 2 ? typed : ''
  if (isUnstorable(name) || isUnstorable(password)) return null
  const account = await findCredentials(db, seals, name)
  const known = await isPassword(account?.passwordHash ?? null, password)
  if (!account || !known) return null
  const step = totpStep(account.totpSecret, typedText(form, 'code'), now())
  if (step === null) return null
  try {
    await recordSignIn(db, account.id, step, now())
    return account.id
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

/** A new session under a new cookie: one that was there before may be known to somebody else (session fixation). */
async function beginSession(request: FastifyRequest, staffId: string): Promise<void> {
  await request.session.regenerate()
  request.session.staffId = staffId
  request.session.agent = (request.headers['user-agent'] ?? '').slice(0, longestAgent)
}

function showForm(reply: FastifyReply, page: Omit<SignInPage, 'csrf'>): Promise<FastifyReply> {
  return reply.page('account/sign-in', { ...page, csrf: reply.generateCsrf() })
}
