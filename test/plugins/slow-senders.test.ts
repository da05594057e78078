import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { slowestRate } from '../../server/plugins/slow-senders.ts'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
let app: FastifyInstance
let port: number
beforeAll(async () => {
  portal = await buildTestApp({ config: { slowSeconds: 1 } })
  app = await buildApp(portal.deps)
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(async () => {
  await app.close()
  await portal.close()
})

const address = '/consultations/shanxi-laoqu/review'
const head = (length: number) =>
  `POST ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${length}\r\n` +
  'Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n'

/** What is answered to one who sends the `begin`, and then so many bytes every so often until it is all there. */
async function answerTo(begin: string, rest = '', bytes = 1, milliseconds = 20): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  if (begin) socket.write(begin)
  const send = drip(socket, rest, bytes)
  // After all that has come was read: an answer is lost where something is written to a connection that was cut.
  const sending = setInterval(() => setImmediate(send), milliseconds)
  const answer = await text(socket).catch(() => '')
  clearInterval(sending)
  return answer
}

function drip(socket: Socket, rest: string, bytes: number): () => void {
  let sent = 0
  return () => {
    if (sent < rest.length && socket.writable) socket.write(rest.slice(sent, sent + bytes))
    sent += bytes
  }
}

test.concurrent.each([
  ['asks nothing at all', '', ''],
  ['sends the head a byte at a time', '', `GET / HTTP/1.1\r\nX: ${'x'.repeat(1000)}`],
  ['sends half a head', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n', ''],
  ['promises a body', head(100), ''],
  ['sends a body a byte at a time', head(1000), 'a'.repeat(1000)],
])('who %s is cut', async (_, begin, rest) => {
  expect(await answerTo(begin, rest)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
})

test.concurrent('a body that takes its time on a slow but honest line is read to its end', async () => {
  const bytes = Math.ceil((2 * slowestRate) / 50)
  const body = `comments[0][clause]=p3&comments[0][body]=${'a'.repeat(bytes * 100)}`
  const answer = await answerTo(head(body.length), body, bytes)
  expect(answer).toMatch(/^HTTP\/1\.1 422 /)
  expect(answer).toContain(`${'a'.repeat(1000)}</textarea>`)
})

// By itself: it holds the process for so long that an honest line would have nothing read.
test('a thousand of them at once, while everybody else reads', async () => {
  const cut = Promise.all(Array.from({ length: 1000 }, () => answerTo(head(1000), 'a'.repeat(1000), 5, 100)))
  expect((await app.inject('/consultations/shanxi-laoqu')).statusCode).toBe(200)
  for (const answer of await cut) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/)
})
