import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { addFetches } from '../../db/queries/retractions/fetches.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiDay } from '../rules/days.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Adds to the database what this node has counted; what could not be added is counted on. */
    keepFetches(): Promise<void>
    /** @param key as `fetchKey` gives it */
    countFetch(key: string): void
  }
}

type Named = Record<string, string>

const counted = '/consultations/:slug'
/** No address of a page that was there holds one. */
const separator = '\n'
/** So many pages at most lie between two additions: what begins after them is not counted until then. */
const most = 50_000

/**
 * Counts how often each page and file of a consultation is asked for, whatever its query, so that a retraction can say how
 * often its words were fetched. Only what was there counts, also where the browser was told that it has it already; what
 * a cache before the portal answers by itself is not seen here.
 */
export const fetchCounts = plugin(async (app, { db, now }: Pick<Dependencies, 'db' | 'now'>) => {
  let counts = new Map<string, number>()

  app.addHook('onResponse', (request, { statusCode }, done) => {
    const isFetched = request.method === 'GET' && (statusCode === 200 || statusCode === 304)
    const key = isFetched ? fetchKey(request, now()) : null
    if (key) app.countFetch(key)
    done()
  })

  app.decorate('countFetch', (key) => {
    const before = counts.get(key)
    if (before !== undefined || counts.size < most) counts.set(key, (before ?? 0) + 1)
  })

  app.decorate('keepFetches', async () => {
    if (counts.size === 0) return
    const kept = counts
    counts = new Map()
    const rows = [...kept].map(([key, count]) => {
      const [slug = '', page = '', day = ''] = key.split(separator)
      return { slug, page, day, count }
    })
    try {
      await addFetches(db, rows)
    } catch (error) {
      for (const [key, count] of kept) counts.set(key, (counts.get(key) ?? 0) + count)
      throw error
    }
  })
})

/** As what a request is counted at this moment; null where it is not. */
export function fetchKey({ routeOptions, params }: FastifyRequest, now: Date): string | null {
  const route = routeOptions.url
  if (!route?.startsWith(counted)) return null
  const { slug, ...named } = params as { slug: string } & Named
  return [slug, pageOf(route, named), isOwnPage(route) ? '' : shanghaiDay(now)].join(separator)
}

/** Not as it was written: each letter can be written percent-encoded, and would be a row of its own. */
function pageOf(route: string, named: Named): string {
  const page = route.slice(counted.length)
  return page.includes(':') ? page.replace(/:(\w+)/g, (_, name) => named[name] ?? '') : page
}

/** A comment's own page is there only while the comment is public: it needs no days. */
function isOwnPage(route: string): boolean {
  return route === `${counted}/comments/:comment`
}
