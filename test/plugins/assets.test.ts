import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const get = (url: string, headers: Record<string, string> = {}) => portal.app.inject({ url, headers })

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
    for (const [, file] of code.matchAll(/^import (?:.* from )?'\.\/([^']+)'/gm))
      scripts.add(`/static/${file}`)
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
