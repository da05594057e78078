import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { unreadAnswers } from '../../server/plugins/unread-answers.ts'

const megabyte = 2 ** 20

test('where answers to forms wait unread, no further form is begun; reading goes on, and so do forms afterwards', async () => {
  const app = Fastify({ forceCloseConnections: true })
  onTestFinished(() => app.close())
  await app.register(unreadAnswers, { most: 16 * megabyte })
  app.get('/', async () => 'a page')
  app.post('/', async () => 'x'.repeat(24 * megabyte))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const posted = async () => {
    const answer = await fetch(address, { method: 'POST' })
    await answer.arrayBuffer()
    return answer
  }
  for (const status of [200, 200]) expect((await posted()).status).toBe(status)

  const unread = await askedAndNotRead(Number(new URL(address).port))
  const refused = await posted()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])
  expect((await fetch(address)).status).toBe(200)

  unread.destroy()
  while ((await posted()).status === 503) await new Promise((resolve) => setTimeout(resolve, 5))
})

/** A connection on which an answer has begun to come, that nobody reads on. */
async function askedAndNotRead(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n')
  await once(socket, 'readable')
  return socket
}
