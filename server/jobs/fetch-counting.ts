import type { FastifyInstance } from 'fastify'

const every = 5_000

/** Adds what this node has counted to the database, again and again. @returns what adds the last and stops */
export function keepCounting(app: Pick<FastifyInstance, 'keepFetches' | 'log'>): () => Promise<void> {
  const keep = () =>
    app.keepFetches().catch((err: unknown) => app.log.error({ err }, 'fetches were not kept'))
  const counting = setInterval(keep, every).unref()
  return async () => {
    clearInterval(counting)
    await keep()
  }
}
