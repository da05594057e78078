import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildApp } from '../server/app.ts'
import { notStopping, type Stopping, stopServing } from '../server/stopping.ts'
import { buildTestApp, type TestPortal } from './build.ts'

let portal: TestPortal
let app: FastifyInstance
let stopping: Stopping
/** Lets the answer of /slow go. */
let finish: () => void
/** Kept once a request for /slow is under way. */
let begun: Promise<void>
let port: number
beforeEach(async () => {
  portal = await buildTestApp()
  stopping = notStopping()
  app = await buildApp(portal.deps, { stopping })
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  begun = new Promise((resolve) => {
    app.get('/slow', async () => {
      resolve()
      await finished
      return 'the whole answer'
    })
  })
  app.get('/listening', async () => `it listens: ${app.server.listening}`)
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterEach(async () => {
  finish()
  await app.close()
  await portal.close()
})

const asked = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`

/** A connection that stays open, as a browser's or a proxy's does. */
async function connected(sent = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(sent)
  return socket
}

test('the portal says that it stops while it still serves, each connection for the last time', async () => {
  const stopped = stopServing(app, stopping, { notice: 60_000, patience: 0 })
  const ready = await text(await connected(asked('/readyz')))
  expect(ready).toMatch(/^HTTP\/1\.1 503 .*connection: close.*"stopping"/is)
  const page = await text(await connected(asked('/')))
  expect(page).toMatch(/^HTTP\/1\.1 200 .*connection: close/is)
  expect(await Promise.race([stopped, 'still serving'])).toBe('still serving')
})

test('what is under way is answered whole, and so is what comes in on a connection that is open', async () => {
  const [slow, other] = [await connected(asked('/slow')), await connected(`${asked('/').slice(0, -2)}`)]
  await begun
  const stopped = stopServing(app, stopping, { notice: 0, patience: 60_000 })
  while (app.server.listening) await new Promise((resolve) => setTimeout(resolve, 1))
  other.write('\r\n')
  expect(await text(other)).toMatch(/^HTTP\/1\.1 200 /)
  finish()
  expect(await text(slow)).toContain('the whole answer')
  await stopped
})

test('just before it ceases to listen nothing is begun', async () => {
  const other = await connected()
  const stopped = stopServing(app, stopping, { notice: 0, patience: 60_000 })
  while (!stopping.deaf) await new Promise((resolve) => setTimeout(resolve, 1))
  other.write(asked('/listening'))
  expect(await text(other)).toMatch(/it listens: false$/)
  await stopped
})

test('who never asks, or never gets an end, does not keep the portal from stopping', async () => {
  const silent = await connected()
  const half = await connected('GET / HTTP/1.1\r\n')
  const endless = await connected(asked('/slow'))
  await begun
  await stopServing(app, stopping, { notice: 0, patience: 10 })
  expect(await Promise.all([silent, half, endless].map((socket) => text(socket).catch(() => 'cut')))).toEqual(
    expect.not.arrayContaining([expect.stringContaining('200')]),
  )
})
