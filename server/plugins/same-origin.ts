import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { PageError } from './page-error.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a form that another site sends: by Sec-Fetch-Site, or, where a browser is too old for it,
 * by Origin. A request with neither comes from a program and is let in.
 */
export const sameOrigin = plugin(async (app, { publicUrl }: { publicUrl: string | null }) => {
  app.addHook('onRequest', async (request) => {
    if (!reading.has(request.method) && !isOurs(request, publicUrl)) {
      throw new PageError(403, 'cross_site', '这次提交来自别的网站', '请直接打开本网站的页面，再提交一次。')
    }
  })
})

function isOurs(request: FastifyRequest, publicUrl: string | null): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  if (origin === undefined) return true
  if (publicUrl) return origin === publicUrl
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}
