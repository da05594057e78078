import type { FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../db/database.ts'
import { type Encoded, encode, headOf, sendEncoded } from './encodings.ts'
import { ShownPages, sendKept } from './shown-pages.ts'
import { hasBody } from './slow-senders.ts'

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Sends a page or file that is the same bytes for everybody: made once for each key, then kept with its compressed forms.
     * @param key everything that the page follows from: what is shown, its revision, the clock's state, the display
     */
    keptPage(
      key: readonly unknown[],
      make: () => Promise<string | Buffer>,
      type?: string,
    ): Promise<FastifyReply>
    /** While the database is away: sends what was last shown at this address. null where that may not be shown any more. */
    lastKept(): FastifyReply | null
  }
  interface FastifyRequest {
    /** By the clock of `performance`: before anything was read for it. */
    begunAt: number
  }
}

interface Options {
  db: Pick<Database, 'lastChange'>
  now: () => Date
  /** For how long a page is shown while the database is away, in milliseconds. */
  keptFor: number
}

const mostBytes = 128 * 1024 * 1024

/**
 * The pages of the citizens' site. Nothing in them is personal: forms, receipts and searches do not come here. It stands
 * before whatever else a request passes, so that a page that is right still is sent at once.
 */
export const pageCache = plugin(async (app, { db, now, keptFor }: Options) => {
  const kept = new LRUCache<string, Encoded>({ maxSize: mostBytes, sizeCalculation: ({ size }) => size })
  const inTheMaking = new Map<string, Promise<Encoded>>()
  const shown = new ShownPages(() => db.lastChange(), keptFor)

  /** Many who ask at once for a page that is not there yet wait for one rendering. */
  const make = (key: string, page: () => Promise<string | Buffer>, type: string): Promise<Encoded> => {
    const underway = inTheMaking.get(key)
    if (underway) return underway
    const making = page()
      .then((content) => encode(typeof content === 'string' ? Buffer.from(content) : content, type))
      .then((encoded) => {
        kept.set(key, encoded)
        return encoded
      })
      .finally(() => inTheMaking.delete(key))
    inTheMaking.set(key, making)
    return making
  }

  app.decorateRequest('begunAt', 0)
  app.addHook('onRequest', (request, reply, done) => {
    request.begunAt = performance.now()
    // What comes behind the head of a request is read, or its sender cut.
    const right = hasBody(request) ? null : shown.rightAt(request, now())
    const encoded = right && kept.get(right.key)
    if (!encoded || !right?.head) return done()
    sendEncoded(reply, encoded, right.head)
  })

  app.decorateReply(
    'keptPage',
    async function (this: FastifyReply, parts, page, type = 'text/html; charset=utf-8') {
      const request: FastifyRequest = this.request
      const key = JSON.stringify([request.routeOptions.url, ...parts])
      // A proxy may answer for ten seconds; that is how long something withdrawn can still be seen behind one.
      this.header('cache-control', 'public, max-age=0, s-maxage=10')
      const head = headOf(this)
      const isLimited = request.routeOptions.config.limit !== undefined
      shown.note(request, { key, since: now().getTime(), head: isLimited ? null : head }, parts[0])
      const encoded = kept.get(key) ?? (await make(key, page, type))
      return sendEncoded(this, encoded, head)
    },
  )

  app.decorateReply('lastKept', function (this: FastifyReply) {
    const last = shown.lastAt(this.request)
    const encoded = last && kept.get(last.key)
    return encoded ? sendKept(this, encoded, last.at) : null
  })
})
