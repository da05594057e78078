import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'

/** Bytes a second: half of what the slowest telephone sends that still loads a page. */
export const slowestRate = 2048

/** How long nothing but waiting is allowed, for the head of a request and for the begin of its body. */
interface Patience {
  seconds: number
}

/**
 * Cuts who sends a body so slowly that the only purpose can be to keep a connection: after the first seconds it has to
 * come at the rate of the slowest honest line. Node itself cuts who is slow with the head (see slowHeads).
 */
export const slowSenders = plugin(async (app, { seconds }: Patience) => {
  const sending = new Map<FastifyRequest['raw'], { since: number; before: number }>()

  app.addHook('onRequest', async (request) => {
    const { raw } = request
    if (hasBody(request)) sending.set(raw, { since: performance.now(), before: raw.socket.bytesRead })
  })

  const watch = setInterval(() => {
    for (const [raw, { since, before }] of sending) {
      if (raw.complete || raw.socket.destroyed) sending.delete(raw)
      else {
        const allowed = seconds + (raw.socket.bytesRead - before) / slowestRate
        if (performance.now() - since > allowed * 1000) app.server.emit('clientError', tooSlow(), raw.socket)
      }
    }
  }, checkEvery(seconds))
  watch.unref()
  app.addHook('onClose', async () => clearInterval(watch))
})

/** Whether something follows the head of a request. */
export function hasBody({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0
}

/** The same for heads, as options of Node's server. A body may take an hour: 30 MB of files at 10 KB a second. */
export function slowHeads({ seconds }: Patience) {
  return {
    http: { headersTimeout: seconds * 1000, connectionsCheckingInterval: checkEvery(seconds) },
    requestTimeout: 3_600_000,
    keepAliveTimeout: seconds * 1000,
    connectionTimeout: 3 * seconds * 1000,
  }
}

function checkEvery(seconds: number): number {
  return Math.min(5000, seconds * 250)
}

/** As Node calls it. */
function tooSlow(): Error {
  return Object.assign(new Error('The body comes too slowly'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
}
