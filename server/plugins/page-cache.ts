import type { FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import { type Encoded, encode, sendEncoded } from './encodings.ts'

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
  }
}

const mostBytes = 128 * 1024 * 1024

/** The pages of the citizens' site. Nothing in them is personal: forms, receipts and searches do not come here. */
export const pageCache = plugin(async (app) => {
  const kept = new LRUCache<string, Encoded>({ maxSize: mostBytes, sizeCalculation: ({ size }) => size })
  const inTheMaking = new Map<string, Promise<Encoded>>()

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

  app.decorateReply(
    'keptPage',
    async function (this: FastifyReply, parts, page, type = 'text/html; charset=utf-8') {
      const request: FastifyRequest = this.request
      const key = JSON.stringify([request.routeOptions.url, ...parts])
      const encoded = kept.get(key) ?? (await make(key, page, type))
      // A proxy may answer for ten seconds; that is how long something withdrawn can still be seen behind one.
      this.header('cache-control', 'public, max-age=0, s-maxage=10')
      return sendEncoded(request, this, encoded)
    },
  )
})
