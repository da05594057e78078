import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { PageError } from './page-error.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What an address may do here. A route that changes something has `act` where it names nothing else. */
    limit?: Limit
  }
  interface FastifyRequest {
    /** Why nothing comes of the request once its body is read; null where something may. */
    refusal: PageError | null
    /** Says that what was sent opens nothing: where wrong guesses alone are counted, this was one. */
    countGuess(): Promise<void>
  }
}

interface LimitOptions extends RateLimitOptions {
  /** Refused only here, after the body is read, so that the refusal can give back what was typed. */
  hook?: 'preHandler'
  /** Whoever is right is not counted: behind one address may be a whole town. */
  wrongOnly?: true
}

/**
 * What one address (an IPv6 /64) may do, over all routes that name the same. A village hall sends its whole district's
 * comments from one address, some of them at the second try, and moderators of one office share theirs.
 */
const limits = {
  act: { max: 6000, timeWindow: '10 minutes', hook: 'preHandler' },
  form: { max: 3000, timeWindow: '1 hour', hook: 'preHandler' },
  submission: { max: 1000, timeWindow: '1 hour', hook: 'preHandler' },
  endorsement: { max: 1000, timeWindow: '1 hour', hook: 'preHandler' },
  privacyReport: { max: 60, timeWindow: '10 minutes' },
  upload: { max: 600, timeWindow: '1 hour' },
  search: { max: 3000, timeWindow: '10 minutes' },
  download: { max: 90, timeWindow: '10 minutes' },
  receipt: { max: 300, timeWindow: '10 minutes', hook: 'preHandler', wrongOnly: true },
  signIn: { max: 30, timeWindow: '10 minutes' },
} as const satisfies Record<string, LimitOptions>
type Limit = keyof typeof limits

export const notFoundLimit = { max: 120, timeWindow: '1 minute' } as const satisfies RateLimitOptions

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

export const rateLimits = plugin(async (app, { on }: { on: boolean }) => {
  await app.register(rateLimit, {
    global: false,
    cache: 50_000,
    allowList: on ? undefined : () => true,
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
  })
  const counters = new Map(Object.entries(limits).map(([name, limit]) => [name, app.createRateLimit(limit)]))

  app.addHook('onRoute', (route) => {
    if (![route.method].flat().every((method) => reading.has(method)))
      route.config = { limit: 'act', ...route.config }
  })

  app.decorateRequest('refusal', null)
  app.addHook('onRequest', async (request, reply) => {
    const { name, hook, wrongOnly } = limitOf(request)
    const counted = await counters.get(name)?.(request, { increment: !wrongOnly })
    if (!counted || counted.isAllowed) return
    reply.headers({ 'x-ratelimit-limit': counted.max, 'x-ratelimit-remaining': counted.remaining })
    if (!counted.isExceeded) return
    reply.header('retry-after', counted.ttlInSeconds)
    request.refusal = tooMany(counted.ttl)
    if (!hook) throw request.refusal
  })
  app.addHook('preHandler', async ({ refusal }) => {
    if (refusal) throw refusal
  })

  app.decorateRequest('countGuess', async function (this: FastifyRequest) {
    const { name, wrongOnly } = limitOf(this)
    if (wrongOnly) await counters.get(name)?.(this)
  })
})

function limitOf({ routeOptions }: FastifyRequest): LimitOptions & { name: string } {
  const name = routeOptions.config?.limit
  return name ? { ...limits[name], name } : { name: '' }
}

const tooMany = (ttl: number) =>
  new PageError(429, 'too_many', '操作太频繁', `请在 ${inWords(ttl)}后再试。您填写的内容不会因此丢失。`)

function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`
}
