import { connect } from 'node:http2'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type Front, nginx, nginxBefore, siteName } from './nginx.ts'

describe.runIf(nginx)('behind nginx as docs/deployment/nginx.conf sets it up', () => {
  let portal: TestPortal
  let app: FastifyInstance
  let front: Front
  /** What reached the portal: the address that it takes for the sender's, and the path. */
  let reached: string[] = []
  beforeAll(async () => {
    const config = { publicUrl: `https://${siteName}`, trustedProxies: ['127.0.0.1/32'] }
    portal = await buildTestApp({ config })
    app = await buildApp(portal.deps)
    app.addHook('onRequest', async ({ ip, url }) => {
      reached.push(`${ip} ${url}`)
    })
    const node = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
    front = await nginxBefore([node])
    await front.start()
  })
  afterAll(async () => {
    await front.stop()
    await app.close()
    await portal.close()
  })

  /** Asks nginx as a browser at 127.0.0.9 does. */
  async function ask(
    path: string,
    { method = 'GET', headers = {}, body = Buffer.alloc(0), name = siteName } = {},
  ) {
    reached = []
    const sent = request({
      ...{ host: '127.0.0.1', port: front.httpsPort, localAddress: '127.0.0.9' },
      ...{ servername: name, ca: front.certificate, agent: false },
      ...{ path, method, headers: { host: name, ...headers } },
    })
    sent.end(body)
    const [answer] = await new Promise<[import('node:http').IncomingMessage]>((resolve, reject) => {
      sent.once('response', (response) => resolve([response])).once('error', reject)
    })
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
  }

  test('nginx takes the file as it is', () => {
    expect(front.judge()).toEqual({ status: 0, said: expect.stringContaining('test is successful') })
    expect(front.judge().said).not.toMatch(/\[(warn|emerg)\]/)
  })

  test('what comes in without TLS is sent to the site’s own address', async () => {
    const answer = await fetch(`http://127.0.0.1:${front.httpPort}/privacy?lang=en`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      301,
      `https://${siteName}/privacy?lang=en`,
    ])
  })

  test('a page comes from the portal once, and then out of the cache; who asked is the browser, not nginx', async () => {
    const first = await ask('/', { headers: { 'x-forwarded-for': '1.2.3.4' } })
    expect(first).toMatchObject({ status: 200, body: expect.stringContaining('革命老区') })
    expect(first.headers['strict-transport-security']).toContain('max-age')
    expect(reached).toEqual(['127.0.0.9 /'])
    expect(await ask('/')).toMatchObject({ status: 200, body: first.body })
    expect(reached).toEqual([])
  })

  test('what only one person may see is never kept', async () => {
    for (const path of ['/staff/sign-in', '/staff/activation']) {
      await ask(path)
      await ask(path)
      expect(reached).toEqual([`127.0.0.9 ${path}`])
    }
  })

  test('HTTP/2 is spoken', async () => {
    const session = connect(`https://127.0.0.1:${front.httpsPort}`, {
      servername: siteName,
      ca: front.certificate,
    })
    const stream = session.request({ ':path': '/privacy', ':authority': siteName })
    const status = await new Promise((resolve) => stream.once('response', (head) => resolve(head[':status'])))
    session.destroy()
    expect(status).toBe(200)
  })

  test('another name gets no answer; too much, and what is for balancers, does not reach the portal', async () => {
    await expect(ask('/', { name: 'another.example.com' })).rejects.toThrow()
    for (const path of ['/readyz', '/healthz']) expect((await ask(path)).status).toBe(404)
    const tooMuch = { method: 'POST', headers: { 'content-length': String(41 * 1024 * 1024) } }
    expect((await ask('/receipts', tooMuch)).status).toBe(413)
    expect(reached).toEqual([])
  })
})
