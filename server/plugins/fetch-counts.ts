import plugin from 'fastify-plugin'
import { addFetches } from '../../db/queries/retractions/fetches.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiDay } from '../rules/days.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Adds to the database what this node has counted; what could not be added is counted on. */
    keepFetches(): Promise<void>
  }
}

type Named = Record<string, string>

const counted = '/consultations/:slug'
/** So many pages at most lie between two additions: what begins after them is not counted until then. */
const most = 50_000

/**
 * Counts how often each page and file of a consultation is asked for, whatever its query, so that a retraction can say how
 * often its words were fetched. Only what was there counts, also where the browser was told that it has it already; what
 * a cache before the portal answers by itself is not seen here.
 */
export const fetchCounts = plugin(async (app, { db, now }: Pick<Dependencies, 'db' | 'now'>) => {
  let counts = new Map<string, number>()

  app.addHook('onResponse', async ({ method, routeOptions, params }, { statusCode }) => {
    const route = routeOptions.url
    if (method !== 'GET' || !route?.startsWith(counted)) return
    if (statusCode !== 200 && statusCode !== 304) return
    const { slug, ...named } = params as { slug: string } & Named
    const key = JSON.stringify([slug, pageOf(route, named), isOwnPage(route) ? '' : shanghaiDay(now())])
    if (counts.size < most || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
  })

  app.decorate('keepFetches', async () => {
    if (counts.size === 0) return
    const kept = counts
    counts = new Map()
    const rows = [...kept].map(([key, count]) => {
      const [slug, page, day] = JSON.parse(key) as [string, string, string]
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

/** Not as it was written: each letter can be written percent-encoded, and would be a row of its own. */
function pageOf(route: string, named: Named): string {
  return Object.entries(named).reduce(
    (page, [name, value]) => page.replace(`:${name}`, () => value),
    route.slice(counted.length),
  )
}

/** A comment's own page is there only while the comment is public: it needs no days. */
function isOwnPage(route: string): boolean {
  return route === `${counted}/comments/:comment`
}
