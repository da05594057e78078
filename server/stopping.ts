import type { ServerResponse } from 'node:http'
import { setImmediate as immediately, setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** How far a portal is on the way to its end. */
export interface Stopping {
  begun: boolean
  /** Kept as soon as it listens no more; null until the moment before. */
  deaf: Promise<void> | null
  /** The answers that are worked on. */
  underWay: Set<ServerResponse>
}

/** In milliseconds. */
export interface Terms {
  /** How long /readyz says that the portal stops while all is still served, for whoever spreads the load to notice. */
  notice: number
  /** How long what is under way has then, before its connections are cut. */
  patience: number
}

/** In milliseconds: how long what is under way may keep the portal listening. */
const longestLull = 1_000
const untilTaken = 50

/** Of a portal that does not stop. */
export function notStopping(): Stopping {
  return { begun: false, deaf: null, underWay: new Set() }
}

/** Stops serving: told first, then no new connections, then none at all. */
export async function stopServing(
  app: FastifyInstance,
  stopping: Stopping,
  { notice, patience }: Terms,
): Promise<void> {
  stopping.begun = true
  for (const answer of stopping.underWay) beLast(answer)
  await wait(notice)
  let goOn = () => {}
  stopping.deaf = new Promise((resolve) => {
    goOn = resolve
  })
  await lull(stopping)
  const closed = new Promise((ended) => app.server.close(ended))
  goOn()
  // Browsers open connections in advance, on which they may never ask for anything.
  const cut = setTimeout(() => app.server.closeAllConnections(), patience)
  await closed
  clearTimeout(cut)
  await app.close()
}

/**
 * Until nothing is worked on, and whoever has come in was just taken. Node takes one connection in each turn of its loop, so
 * after a long turn many wait, which would be reset: it gets some turns in which it does nothing else.
 */
async function lull(stopping: Stopping): Promise<void> {
  const end = performance.now() + longestLull
  while (stopping.underWay.size > 0 && performance.now() < end) await wait(5)
  await wait(untilTaken)
  await immediately()
}

/**
 * From the moment the portal stops, every answer is the last one of its connection: also to what was asked before. Just
 * before it ceases to listen nothing is begun: while it works, connections come in that it has not taken yet, and those
 * would be reset.
 */
export function lastAnswers(app: FastifyInstance, stopping: Stopping): void {
  app.addHook('onRequest', (_request, { raw: answer }, done) => {
    if (stopping.begun) beLast(answer)
    if (stopping.deaf) return void stopping.deaf.then(() => done())
    waitFor(stopping, answer)
    done()
  })
}

/** Has a portal that stops wait until an answer is through. */
export function waitFor(stopping: Stopping, answer: ServerResponse): void {
  stopping.underWay.add(answer)
  answer.once('close', () => stopping.underWay.delete(answer))
}

/** Node then says so in its head, and ends the connection behind it. */
export function beLast(answer: ServerResponse): void {
  answer.shouldKeepAlive = false
}
