import type { FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../db/database.ts'
import { beLast, type Stopping, waitFor } from '../stopping.ts'
import { type Encoded, encode, headOf, sendEncoded, writeEncoded } from './encodings.ts'
import { fetchKey } from './fetch-counts.ts'
import { type AtOnce, answeringFirst } from './first-answers.ts'
import { ShownPages, sendKept } from './shown-pages.ts'

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
  /** Whether what a proxy adds to a request says under which name it was asked for. */
  isBehindProxy: boolean
  stopping: Stopping
}

const mostBytes = 128 * 1024 * 1024

/** The pages of the citizens' site. Nothing in them is personal: forms, receipts and searches do not come here. */
export const pageCache = plugin(async (app, { db, now, keptFor, isBehindProxy, stopping }: Options) => {
  const kept = new LRUCache<string, Encoded>({ maxSize: mostBytes, sizeCalculation: ({ size }) => size })
  const inTheMaking = new Map<string, Promise<Encoded>>()
  const shown = new ShownPages(() => db.lastChange(), keptFor, isBehindProxy)

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

  /** A page that is right still. */
  const atOnce: AtOnce = (request, response) => {
    const right = stopping.deaf ? null : shown.rightAt(request, now())
    const encoded = right && kept.get(right.key)
    if (!encoded || !right?.head) return null
    if (stopping.begun) beLast(response)
    writeEncoded(request, response, encoded, right.head)
    // What the system has taken whole need not be waited for.
    if (response.socket?.writableLength) waitFor(stopping, response)
    if (right.fetched && request.method === 'GET') app.countFetch(right.fetched)
    return right
  }
  answeringFirst(app, atOnce)

  app.decorateRequest('begunAt', 0)
  app.addHook('onRequest', async (request) => {
    request.begunAt = performance.now()
  })

  app.decorateReply(
    'keptPage',
    async function (this: FastifyReply, parts, build, type = 'text/html; charset=utf-8') {
      const request: FastifyRequest = this.request
      const key = JSON.stringify([request.routeOptions.url, ...parts])
      // A proxy may answer for ten seconds; that is how long something withdrawn can still be seen behind one.
      this.header('cache-control', 'public, max-age=0, s-maxage=10')
      const head = headOf(this)
      const { url: route = '', config } = request.routeOptions
      const page = {
        key,
        route,
        at: request.begunAt,
        since: now().getTime(),
        head: config.limit === undefined ? head : null,
        fetched: fetchKey(request, now()),
      }
      shown.note(request.raw, page, parts[0])
      const encoded = kept.get(key) ?? (await make(key, build, type))
      return sendEncoded(this, encoded, head)
    },
  )

  app.decorateReply('lastKept', function (this: FastifyReply) {
    const last = shown.lastAt(this.request.raw)
    const encoded = last && kept.get(last.key)
    return encoded ? sendKept(this, encoded, last.at) : null
  })
})
