import type { FastifyInstance } from 'fastify'

/** POST /staff/sign-out ends this session. */
export function signOut(app: FastifyInstance): void {
  app.post('/sign-out', async (request, reply) => {
    await request.session.destroy()
    return reply.redirect('/staff/sign-in', 303)
  })
}
