import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { openForm, sendForm } from './forms.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const get = (url: string, headers: Record<string, string> = {}) => portal.app.inject({ url, headers })

test('everybody gets the same bytes, without a cookie, in the form that the browser reads', async () => {
  const plain = await get(draft)
  const brotli = await get(draft, {
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'A',
    'accept-language': 'en',
  })
  const zipped = await get(draft, { 'accept-encoding': 'gzip, br;q=0' })
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(zipped.headers['content-encoding']).toBe('gzip')
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body)
  expect(gunzipSync(zipped.rawPayload).toString()).toBe(plain.body)
  for (const { headers } of [plain, brotli, zipped]) {
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['cache-control']).toBe('public, max-age=0, s-maxage=10')
    expect(headers.vary).toBe('Accept-Encoding')
  }
  expect(new Set([plain, brotli, zipped].map(({ headers }) => headers.etag)).size).toBe(3)
})

test('a browser that has the page is told so', async () => {
  const etag = String((await get(draft)).headers.etag)
  const again = await get(draft, { 'if-none-match': etag })
  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
})

test('unknown parameters do not matter, the display does', async () => {
  const { body } = await get(draft)
  expect((await get(`${draft}?utm_source=x&after=1`)).body).toBe(body)
  expect((await get(`${draft}?contrast=high`)).body).not.toBe(body)
})

test('the clock closes a kept page to the millisecond', async () => {
  expect((await get(draft)).body).toContain('还剩 30 天')
  portal.clock.now = new Date('2026-12-23T15:59:59.999Z')
  expect((await get(draft)).body).toContain('今天截止')
  portal.clock.now = new Date('2026-12-23T16:00:00Z')
  expect((await get(draft)).body).toContain('征求意见已经截止')
  expect((await get('/')).body).toContain('已截止')
})

test('only what the public can see makes a page anew', async () => {
  const before = (await get(`${draft}/clauses/p3`)).headers.etag
  const sent = await sendForm(portal.app, `${draft}/submissions`, {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'support',
    'comments[0][body]': '赞成这一条的安排。',
  })
  expect(sent.statusCode).toBe(201)
  expect((await get(`${draft}/clauses/p3`)).headers.etag).toBe(before)
  expect((await get(`${draft}/clauses/p3`)).body).not.toContain('赞成这一条的安排')
})

test('what is personal is never kept', async () => {
  for (const url of [`${draft}/clauses/p3/comments/new`, `${draft}/comments/new`]) {
    expect((await get(url)).headers['cache-control']).toMatch(/^(no-store|private, no-cache)$/)
  }
  const looked = await sendForm(portal.app, '/receipts', { code: 'x' })
  expect(looked.headers['cache-control']).toBe('no-store')
})
