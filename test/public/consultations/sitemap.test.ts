import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp({ config: { publicUrl: 'http://yijian.example' } })
})
afterAll(() => portal.close())

test('every address in the sitemap leads to a page, and the robots are told where it is', async () => {
  expect((await portal.app.inject('/robots.txt')).body).toContain(
    'Sitemap: http://yijian.example/sitemap.xml',
  )
  const { body, headers } = await portal.app.inject('/sitemap.xml')
  expect(headers['content-type']).toBe('application/xml; charset=utf-8')
  const addresses = [...body.matchAll(/<loc>http:\/\/yijian\.example([^<]+)<\/loc>/g)].map(
    ([, path = '']) => path,
  )
  expect(addresses).toContain('/consultations/shanxi-laoqu/clauses/p23')
  for (const path of addresses)
    expect([path, (await portal.app.inject(path)).statusCode]).toEqual([path, 200])
})
