import type { FastifyRequest } from 'fastify'

const longestAgent = 200

/** A new session under a new cookie: one that was there before may be known to somebody else (session fixation). */
export async function beginSession(request: FastifyRequest, staffId: string): Promise<void> {
  await request.session.regenerate()
  request.session.staffId = staffId
  request.session.agent = (request.headers['user-agent'] ?? '').slice(0, longestAgent)
}
