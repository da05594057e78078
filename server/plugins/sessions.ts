import cookie from '@fastify/cookie'
import session from '@fastify/session'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from './page-error.ts'
import { sessionStore } from './session-store.ts'

/**
 * Sessions of staff, by a cookie that ends with the browser. The public site has none. What a page asks by itself says
 * so in the header `unattended`: a screen that was left open is idle.
 */
export const sessions = plugin(async (app, deps: Dependencies) => {
  const { config, seals } = deps
  const https = config.publicUrl?.startsWith('https:') ?? false
  if (https) app.addHook('onRequest', async (request) => refuseInsecure(request))

  await app.register(cookie)
  await app.register(session, {
    secret: seals.hash('session cookie', 'secret'),
    store: sessionStore(deps),
    cookieName: https ? '__Host-staff' : 'staff',
    cookie: { path: '/', httpOnly: true, secure: https, sameSite: 'lax' },
    saveUninitialized: false,
    rolling: true,
  })
  app.addHook('onRequest', async ({ headers, session }) => {
    if (headers.unattended && session.staffId) session.unattended = true
  })
})

/** A cookie of HTTPS is never sent on such a request, so that signing in would fail without a word. */
function refuseInsecure(request: FastifyRequest): void {
  if (request.protocol === 'https') return
  throw new PageError(
    403,
    'insecure',
    '请用 https 地址打开本页',
    '如果您已经用 https 打开，请管理员把反向代理的地址写入 TRUSTED_PROXIES。',
  )
}
