import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit'
import plugin from 'fastify-plugin'
import { PageError } from './page-error.ts'

/**
 * What one address (an IPv6 /64) may do, for a route's `config.rateLimit`. A town hall sends its
 * whole district's comments from one address, so a submission's limit is far above one person's need.
 * It is counted after the body is read, so that the refusal can give the text back.
 */
export const limits = {
  submission: { max: 300, timeWindow: '1 hour', hook: 'preHandler', groupId: 'submission' },
  upload: { max: 300, timeWindow: '1 hour', groupId: 'upload' },
  download: { max: 30, timeWindow: '10 minutes', groupId: 'download' },
  receipt: { max: 60, timeWindow: '10 minutes', groupId: 'receipt' },
  signIn: { max: 30, timeWindow: '10 minutes', groupId: 'sign-in' },
  notFound: { max: 120, timeWindow: '1 minute' },
} as const satisfies Record<string, RateLimitOptions>

export const rateLimits = plugin(async (app, { on }: { on: boolean }) => {
  await app.register(rateLimit, {
    global: false,
    cache: 50_000,
    allowList: on ? undefined : () => true,
    errorResponseBuilder: (_request, { ttl }) =>
      new PageError(429, 'too_many', '操作太频繁', `请在 ${inWords(ttl)}后再试。您填写的内容不会因此丢失。`),
  })
})

function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`
}
