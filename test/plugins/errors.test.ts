import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'

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
