import csrfProtection from '@fastify/csrf-protection'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Every staff form carries a token of its session, in `_csrf` or, sent by script, in the header csrf-token. */
export const csrf = plugin(async (app) => {
  await app.register(csrfProtection, { sessionPlugin: '@fastify/session', getToken: tokenOf })
  app.addHook('preHandler', (request, reply, done) => {
    if (reading.has(request.method)) return done()
    app.csrfProtection(request, reply, done)
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
