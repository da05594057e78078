import { randomUUID } from 'node:crypto'
import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../config.ts'

/**
 * Log lines name the route's pattern instead of the address, and no header, body or client address:
 * an allowlist, so that no personal data is ever written (PIPL art. 51).
 */
export function logging(config: Config): FastifyServerOptions['logger'] {
  if (config.logLevel === 'silent') return false
  return {
    level: config.logLevel,
    serializers: {
      req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? null }),
      res: (reply) => ({ statusCode: reply.statusCode }),
      err: (error) => ({
        type: error.name,
        message: error.message,
        stack: error.stack ?? '',
        code: error.code,
      }),
    },
  }
}

/** What a request is called in every line of the log, and on a page that says that it failed: short enough to be read out. */
export function newRequestId(): string {
  return randomUUID().slice(0, '00000000-0000'.length)
}
