import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type Everything, everything, opened, publicAddresses, states } from './everything.ts'
import { expectValid, unmarked } from './valid-html.ts'

/* Every address of the citizens' site, as its router lists them, in every state of a consultation. */
let portal: TestPortal
let all: Everything
let addresses: string[]

beforeAll(async () => {
  portal = await buildTestApp({ now: opened })
  all = await everything(portal)
  addresses = await publicAddresses(all)
})
afterAll(() => portal.close())

/** What an answer's headers say of what is asked for, and not of how it is carried. */
function told({ date, ...headers }: Record<string, unknown>) {
  const { 'content-length': _length, 'transfer-encoding': _carried, ...said } = headers
  return said
}

// The states follow one another, in whatever order the tests are run.
describe('a consultation', { shuffle: false }, () => {
  describe.each(states)('%s', (_, enter) => {
    beforeAll(async () => {
      await enter(all)
    })

    test('whoever asks for the head alone gets that of the page, and leaves the page as it is', async () => {
      for (const url of addresses) {
        const head = await portal.app.inject({ method: 'HEAD', url })
        const page = await portal.app.inject(url)
        expect([head.statusCode, told(head.headers)], url).toEqual([page.statusCode, told(page.headers)])
        const isPage = page.statusCode === 200 && page.body.includes('<!DOCTYPE html>')
        if (isPage) expect(page.body, url).toContain('text=large')
      }
    })

    test('nobody gets a cookie, and everybody the same bytes', async () => {
      for (const url of addresses) {
        const one = await portal.app.inject({ url, headers: { 'user-agent': 'A', 'accept-language': 'zh' } })
        const other = await portal.app.inject({
          url,
          headers: {
            'user-agent': 'B',
            'accept-language': 'en',
            cookie: 'staff=x',
            'x-forwarded-for': '1.2.3.4',
          },
        })
        expect(one.statusCode, url).toBeLessThan(500)
        for (const { headers } of [one, other]) expect(headers['set-cookie'], url).toBeUndefined()
        const policy = String(one.headers['cache-control'])
        if (!['no-store', 'private, no-cache'].includes(policy)) {
          expect(policy, url).toMatch(/^public, max-age=0/)
          expect(one.rawPayload.equals(other.rawPayload), url).toBe(true)
        }
      }
    })

    test('every page is valid HTML, in its other displays too, where what is Chinese says so in English', async () => {
      const found: string[] = []
      for (const url of addresses) {
        const { headers, body: html } = await portal.app.inject(url)
        if (!String(headers['content-type']).startsWith('text/html')) continue
        await expectValid(html, url)
        const other = (await portal.app.inject(`${url}?lang=en&text=large&contrast=high`)).body
        await expectValid(other, `${url} in English`)
        found.push(...unmarked(other).map((text) => `${url}: ${text}`))
      }
      expect(found).toEqual([])
    })
  })
})
