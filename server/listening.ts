import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'

/**
 * Takes connections.
 * @returns the address, as whoever started the portal may type it
 * @throws ConfigError where HOST is a name that leads nowhere: the system's own error is the same for a database's
 */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    throw Object(error).syscall === 'getaddrinfo' ? new ConfigError('找不到 HOST 所写的地址') : error
  }
}
