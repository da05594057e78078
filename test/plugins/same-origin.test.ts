import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
let withAddress: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
  withAddress = await buildTestApp({ config: { publicUrl: 'https://yijian.example.gov.cn' } })
})
afterAll(async () => {
  await portal.close()
  await withAddress.close()
})

const post = ({ app }: TestPortal, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: '/receipts', headers: { host: 'portal.test', ...headers }, payload: {} })

test.each([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://elsewhere.test' }],
  [{ origin: 'null' }],
  [{ origin: 'nonsense' }],
])('a post from another site is refused: %o', async (headers) => {
  const response = await post(portal, headers)
  expect(response.statusCode).toBe(403)
  expect(response.body).toContain('这次提交来自别的网站')
})

test.each([
  [{ 'sec-fetch-site': 'same-origin', origin: 'http://portal.test' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ origin: 'http://portal.test' }],
  [{}],
])('a post from the site itself, or from a program, is let in: %o', async (headers) => {
  expect((await post(portal, headers)).statusCode).toBe(422)
})

test('with a public address, that is the only origin', async () => {
  expect((await post(withAddress, { origin: 'https://yijian.example.gov.cn' })).statusCode).toBe(422)
  expect((await post(withAddress, { origin: 'https://portal.test', host: 'portal.test' })).statusCode).toBe(
    403,
  )
})
