import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** In milliseconds. */
export interface Terms {
  /** How long /readyz says that the portal stops while all is still served, for whoever spreads the load to notice. */
  notice: number
  /** How long what is under way has then, before its connections are cut. */
  patience: number
}

/** Stops serving: told first, then no new connections, then none at all. */
export async function stopServing(
  app: FastifyInstance,
  stopping: AbortController,
  { notice, patience }: Terms,
): Promise<void> {
  stopping.abort()
  await wait(notice)
  // Browsers open connections in advance, on which they may never ask for anything.
  const cut = setTimeout(() => app.server.closeAllConnections(), patience)
  await app.close()
  clearTimeout(cut)
}

/** From the moment the portal stops, every answer is the last one of its connection: also to what was asked before. */
export function lastAnswers(app: FastifyInstance, stopping: AbortSignal): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.aborted) reply.header('connection', 'close')
    done(null, payload)
  })
}
