import Fastify, { type FastifyInstance } from 'fastify'
import { account } from './account/index.ts'
import { admin } from './admin/index.ts'
import type { Entrance } from './demonstration/entrances.ts'
import type { Dependencies } from './dependencies.ts'
import { health } from './health.ts'
import { moderation } from './moderation/index.ts'
import { office } from './office/index.ts'
import { assets } from './plugins/assets.ts'
import { csrf } from './plugins/csrf.ts'
import { errors, unintelligible, unreadable } from './plugins/errors.ts'
import { fetchCounts } from './plugins/fetch-counts.ts'
import { forms } from './plugins/forms.ts'
import { logging, newRequestId } from './plugins/logging.ts'
import { pageCache } from './plugins/page-cache.ts'
import { rateLimits } from './plugins/rate-limits.ts'
import { refusedActs } from './plugins/refused-acts.ts'
import { roles } from './plugins/roles.ts'
import { sameOrigin } from './plugins/same-origin.ts'
import { security } from './plugins/security.ts'
import { sessions } from './plugins/sessions.ts'
import { slowHeads, slowSenders } from './plugins/slow-senders.ts'
import { submissionsAtOnce } from './plugins/submissions-at-once.ts'
import { unreadAnswers } from './plugins/unread-answers.ts'
import { views } from './plugins/views.ts'
import { publicSite } from './public/index.ts'
import { lastAnswers, notStopping, type Stopping } from './stopping.ts'

interface Options {
  strictViews?: boolean
  /** Those of a demonstration, which sign in without a password. */
  entrances?: readonly Entrance[]
  stopping?: Stopping
}

/** The portal, ready to listen or to be asked by `inject`. */
export async function buildApp(
  deps: Dependencies,
  { strictViews = false, entrances = [], stopping = notStopping() }: Options = {},
): Promise<FastifyInstance> {
  const { config } = deps
  const https = config.publicUrl?.startsWith('https:') ?? false
  const app = Fastify({
    logger: logging(config),
    genReqId: newRequestId,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: 64 * 1024,
    ...slowHeads({ seconds: config.slowSeconds }),
    handlerTimeout: 0,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: unreadable(https),
    clientErrorHandler: unintelligible(https),
  })

  lastAnswers(app, stopping)
  await app.register(pageCache, {
    ...deps,
    keptFor: config.keptPagesFor,
    isBehindProxy: config.trustedProxies.length > 0,
    stopping,
  })
  await app.register(security, { https })
  await app.register(views, { cache: config.production || strictViews, strict: strictViews })
  await app.register(slowSenders, { seconds: config.slowSeconds })
  await app.register(rateLimits, { on: config.rateLimits })
  await app.register(submissionsAtOnce, { most: config.submissionsAtOnce })
  await app.register(unreadAnswers, { most: 128 * 2 ** 20 })
  await app.register(errors)
  await app.register(sameOrigin, { publicUrl: config.publicUrl })
  await app.register(forms)
  await app.register(fetchCounts, deps)
  await app.register(assets, { lasting: config.production })

  health(app, deps, stopping)
  await app.register(publicSite, deps)
  await app.register(async (staff) => {
    await staff.register(sessions, deps)
    await staff.register(csrf, deps)
    await staff.register(roles, deps)
    await staff.register(refusedActs, deps)
    await staff.register(account, { ...deps, entrances, prefix: '/staff' })
    await staff.register(moderation, { ...deps, prefix: '/moderation' })
    await staff.register(office, { ...deps, prefix: '/office' })
    await staff.register(admin, { ...deps, prefix: '/admin' })
  })
  return app
}
