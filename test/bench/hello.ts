import Fastify from 'fastify'

/** What this Fastify can do at most on this machine: the measure for the pages. */
const app = Fastify()
app.get('/', async () => 'hello')
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
