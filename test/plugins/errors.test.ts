import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { expectValid } from '../public/valid-html.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

test('a NUL in an address is the request’s fault, and the page says what to do', async () => {
  const answer = await portal.app.inject('/consultations/a%00b')
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain('提交的内容无法识别')
})

test.each(['/%', '/consultations/%E4%B8', '/consultations/%ff%fe'])(
  'an address that is badly encoded (%s) gets our page and our headers',
  async (url) => {
    const answer = await portal.app.inject(url)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
    expect(answer.body).toContain('提交的内容无法识别')
    const data = await portal.app.inject({ url, headers: { accept: 'application/json' } })
    expect([data.statusCode, data.json().error.code]).toEqual([400, 'bad_request'])
  },
)

test('what fails by our fault has a number, on the page, in the data and in the log', async () => {
  const lines: string[] = []
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  const { deps } = portal
  const app = await buildApp({ ...deps, config: { ...deps.config, logLevel: 'error' } })
  app.get('/fails', () => Promise.reject(new Error('it failed')))
  const page = await app.inject('/fails')
  const english = await app.inject('/fails?lang=en')
  const data = await app.inject({ url: '/fails', headers: { accept: 'application/json' } })
  await app.close()
  stdout.mockRestore()
  const logged = lines.map((line) => JSON.parse(line)).map(({ reqId, err }) => [reqId, err.message])
  const [, shown] = /故障编号：<code>([\da-f-]{13})<\/code>/.exec(page.body) ?? []
  const [, shownInEnglish] = /Number of this fault: <code>(.+?)<\/code>/.exec(english.body) ?? []
  expect([page, english, data].map(({ statusCode }) => statusCode)).toEqual([500, 500, 500])
  expect(logged).toEqual([shown, shownInEnglish, data.json().error.request].map((id) => [id, 'it failed']))
  expect(new Set(logged.map(([id]) => id)).size).toBe(3)
  for (const { body } of [page, english, data]) expect(body).not.toMatch(/it failed|Error|\.ts/)
  await expectValid(page.body)
  expect((await portal.app.inject('/nowhere')).body).not.toContain('故障编号')
})

const submissions = '/consultations/shanxi-laoqu/submissions'
test.each([
  ['malformed JSON', 400, 'application/json', '{"comments": ['],
  ['no JSON at all', 400, 'application/json', ''],
  ['a prototype', 400, 'application/json', '{"__proto__": {"a": 1}}'],
  ['text', 415, 'text/plain', 'hello'],
  ['no media type', 415, 'none', 'hello'],
  ['XML', 415, 'application/xml', '<a/>'],
  ['an empty form in parts', 409, 'multipart/form-data; boundary=x', '--x--'],
  ['too much', 413, 'application/json', `"${'长'.repeat(3_000_000)}"`],
  ['a list of nulls', 400, 'application/json', '{"comments":[null,null]}'],
  ['a number', 400, 'application/json', '7'],
  ['nothing', 409, 'application/x-www-form-urlencoded', ''],
])('a body that is %s is answered with %i in a clear sentence', async (_, status, type, payload) => {
  const { app } = portal
  const answer = await app.inject({
    method: 'POST',
    url: submissions,
    headers: { 'content-type': type },
    payload,
  })
  expect(answer.statusCode).toBe(status)
  expect(answer.body).toMatch(/[\u4e00-\u9fff]{6,}/)
  expect(answer.body).not.toMatch(/FST_|Error:|node_modules|Unexpected/)
})

test('a name in an address that is longer than any of ours is not there', async () => {
  for (const url of ['/consultations/', '/consultations/shanxi-laoqu/clauses/']) {
    const answer = await portal.app.inject(url + 'a'.repeat(300))
    expect([answer.statusCode, answer.body]).toEqual([404, expect.stringContaining('没有找到这个页面')])
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
  }
})

test.each([
  ['a malformed request', 400, 'NO HTTP\r\n\r\n'],
  [
    'a request whose length is told in two ways',
    400,
    'POST /receipts HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  ],
  ['headers that are too long', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
])('%s is answered with %i and our headers', async (_, status, sent) => {
  const { app, close } = await buildTestApp()
  try {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    socket.write(sent)
    const answer = await text(socket)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain("content-security-policy: default-src 'self'")
    expect(answer).toContain('connection: close')
  } finally {
    await close()
  }
})

test.each([
  ['GET', submissions, 'POST'],
  ['DELETE', '/consultations/shanxi-laoqu?lang=en', 'GET, HEAD'],
  ['TRACE', '/', 'GET, HEAD'],
  ['PUT', '/receipts', 'GET, HEAD, POST'],
  ['POST', '/consultations/shanxi-laoqu/comments.csv', 'GET, HEAD'],
  ['GET', '/staff/sign-out', 'POST'],
] as const)('%s %s is answered with what is allowed: %s', async (method, url, allow) => {
  const answer = await portal.app.inject({ method, url })
  expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow])
})

test('an address at which nothing is has no methods', async () => {
  for (const url of ['/nothing', '/consultationsXshanxi-laoqu', '/consultations/shanxi-laoqu/commentsXcsv']) {
    const answer = await portal.app.inject({ method: 'POST', url })
    expect([answer.statusCode, answer.headers.allow]).toEqual([404, undefined])
  }
})
