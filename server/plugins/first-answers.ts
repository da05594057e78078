import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { newRequestId } from './logging.ts'
import { hasBody } from './slow-senders.ts'

/** @returns what was answered, and null where nothing was */
export type AtOnce = (request: IncomingMessage, response: ServerResponse) => { route: string } | null

/**
 * Has what can be answered at once answered before Fastify sees it: finding a route, a request's and a reply's objects and
 * hooks take as long again as Node's own part. What comes behind the head of a request is read by Fastify, or its sender cut.
 */
export function answeringFirst(app: FastifyInstance, atOnce: AtOnce): void {
  const isLogged = ['info', 'debug', 'trace'].includes(app.log.level)
  const [answer] = app.server.listeners('request') as RequestListener[]
  app.server.removeAllListeners('request')
  app.server.on('request', (request, response) => {
    const begun = isLogged ? performance.now() : 0
    const answered = hasBody(request) ? null : atOnce(request, response)
    if (!answered) answer?.(request, response)
    else if (isLogged) logAnswer(app, request, response, answered.route, begun)
  })
}

/** The lines that Fastify writes of a request. */
function logAnswer(
  { log }: FastifyInstance,
  { method }: IncomingMessage,
  response: ServerResponse,
  route: string,
  begun: number,
): void {
  const logged = log.child({ reqId: newRequestId() })
  logged.info({ req: { method, routeOptions: { url: route } } }, 'incoming request')
  response.once('finish', () => {
    logged.info({ res: response, responseTime: performance.now() - begun }, 'request completed')
  })
}
