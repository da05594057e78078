import type { FastifyInstance } from 'fastify'

/** POST /staff/sign-out ends this session, and has the browser forget what it kept of the pages. */
export function signOut(app: FastifyInstance): void {
  app.post('/sign-out', async (request, reply) => {
    await request.session.destroy()
    // Not the storage: there lie a citizen's drafts and what the member set for the keyboard.
    reply.header('clear-site-data', '"cache"')
    return reply.redirect('/staff/sign-in', 303)
  })
}
