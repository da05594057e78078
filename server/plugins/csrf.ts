import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Dependencies } from '../dependencies.ts'
import { makeFormToken, readFormToken } from '../rules/form-token.ts'
import { staleForm } from './page-error.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** The token of a form on this page. Where nobody is signed in, the browser is given the cookie that it belongs to. */
    formToken(): string
  }
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Every staff form carries a token, in `_csrf` or, sent by script, in the header csrf-token. It is signed for the session
 * of whoever is signed in; before that for a cookie of the browser alone, so that opening a form stores nothing.
 */
export const csrf = plugin(async (app, { config, seals, now }: Dependencies) => {
  const https = config.publicUrl?.startsWith('https:') ?? false
  const cookieName = https ? '__Host-staff-form' : 'staff-form'
  const signFor = (owner: string) => (value: string) => seals.hash('staff form token', `${owner}\0${value}`)

  const browserOf = ({ cookies }: FastifyRequest) => {
    const secret = cookies[cookieName] ?? ''
    return /^[\w-]{32}$/.test(secret) ? secret : null
  }

  const newBrowser = (reply: FastifyReply) => {
    const secret = randomBytes(24).toString('base64url')
    reply.request.cookies[cookieName] = secret
    reply.setCookie(cookieName, secret, { path: '/', httpOnly: true, secure: https, sameSite: 'lax' })
    return secret
  }

  const ownerOf = (request: FastifyRequest) => {
    if (request.session.staffId) return `session ${request.session.sessionId}`
    const browser = browserOf(request)
    return browser && `browser ${browser}`
  }

  app.decorateReply('formToken', function (this: FastifyReply) {
    const owner = ownerOf(this.request) ?? `browser ${newBrowser(this)}`
    return makeFormToken({ openedAt: now().getTime(), key: randomUUID() }, signFor(owner))
  })

  app.addHook('preHandler', async (request) => {
    if (reading.has(request.method)) return
    const owner = ownerOf(request)
    if (!owner || !readFormToken(tokenOf(request), signFor(owner))) throw staleForm()
  })
})

/** A multipart form's fields come as objects with a `value`. */
function tokenOf({ body, headers }: FastifyRequest): string | undefined {
  const header = headers['csrf-token']
  if (typeof header === 'string') return header
  const field: unknown = Object(body)._csrf
  const value: unknown = typeof field === 'object' ? Object(field).value : field
  return typeof value === 'string' ? value : undefined
}
