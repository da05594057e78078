import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const imported = /^import (?:.* from )?'\.\/([^']+)'/gm
const get = (url: string, headers: Record<string, string> = {}) => portal.app.inject({ url, headers })

test('in production a browser keeps for ever what a page links, and what that imports', async () => {
  const production = await buildTestApp({ config: { production: true } })
  onTestFinished(() => production.close())
  const read = async (url: string) => (await production.app.inject(url)).body
  const urls = new Set<string>()
  for (const page of [await read(draft), await read('/staff/sign-in')])
    for (const [, url] of page.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)) urls.add(String(url))
  const linked = urls.size
  for (const url of urls) {
    const { headers, body } = await production.app.inject(url)
    expect(headers['cache-control'], url).toBe('public, max-age=31536000, immutable')
    for (const [, file] of body.matchAll(imported)) urls.add(`/static/${file}`)
  }
  expect(urls.size).toBeGreaterThan(linked + 5)
})

test('the draft, its styles and its scripts come compressed, and small enough', async () => {
  const size = async (url: string) => {
    const answer = await get(url, { 'accept-encoding': 'br' })
    expect(answer.statusCode, url).toBe(200)
    return answer.rawPayload.length
  }
  const page = (await get(draft)).body
  const linked = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, url]) => String(url))
  const sum = async (urls: string[]) => (await Promise.all(urls.map(size))).reduce((a, b) => a + b, 0)
  expect(Buffer.byteLength(page)).toBeLessThan(60_000)
  expect(await sum(linked(/<link rel="stylesheet" href="([^"]+)"/g))).toBeLessThan(25_000)
  const scripts = new Set(linked(/<script src="([^"]+)"/g))
  for (const url of scripts) {
    const code = (await get(url)).body
    for (const [, file] of code.matchAll(imported)) scripts.add(`/static/${file}`)
  }
  expect(scripts.size).toBeGreaterThan(3)
  expect(await sum([...scripts])).toBeLessThan(25_000)
  for (const url of [
    '/static/../package.json',
    '/static/%2e%2e/package.json',
    '/static/nothing.css',
    '/static/',
  ]) {
    expect((await get(url)).statusCode, url).toBe(404)
  }
})
