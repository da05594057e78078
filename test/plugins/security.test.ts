import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetAddress } from '../../server/plugins/assets.ts'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp({
    config: { publicUrl: 'https://yijian.example', trustedProxies: ['127.0.0.1'] },
  })
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const policy = {
  'default-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'upgrade-insecure-requests': '',
}

test.each([
  ['a page', '/', 200],
  ['a file to be saved', `${draft}/comments.csv`, 200],
  ['data', `${draft}/comments.json`, 200],
  ['a script', assetAddress('site.js'), 200],
  ['a feed', `${draft}/feed.atom`, 200],
  ['the sign-in', '/staff/sign-in', 200],
  ['what leads to it', '/moderation', 303],
  ['an address at which nothing is', '/nowhere', 404],
  ['an address that cannot be read', '/%', 400],
  ['what supervisors ask', '/healthz', 200],
])('%s says what a browser may do with it, and lets no other site read it', async (_, url, status) => {
  const headers = { 'x-forwarded-proto': 'https', origin: 'https://elsewhere.example' }
  const answer = await portal.app.inject({ url, headers })
  const said = String(answer.headers['content-security-policy']).split('; ')
  expect(answer.statusCode).toBe(status)
  expect(
    Object.fromEntries(said.map((one) => one.split(/ (.*)/)).map(([name, value = '']) => [name, value])),
  ).toEqual(policy)
  expect(answer.headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  expect(answer.headers).not.toHaveProperty('server')
  expect(answer.headers).not.toHaveProperty('x-powered-by')
})
