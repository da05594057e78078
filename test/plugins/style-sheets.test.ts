import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { assetAddress, assets } from '../../server/plugins/assets.ts'
import { styleSheets } from '../../server/plugins/style-sheets.ts'

const names = ['site.css', 'staff.css'] as const
const cases = names.flatMap((name) => [true, false].map((lasting) => ({ name, lasting })))

async function served({ lasting }: { lasting: boolean }) {
  const app = Fastify()
  await app.register(assets, { lasting })
  return (url: string) => app.inject({ url, headers: { 'accept-encoding': 'br' } })
}

test.each(cases)(
  '$name is all its components in their order, without comments',
  async ({ name, lasting }) => {
    const get = await served({ lasting })
    const sent = brotliDecompressSync((await get(assetAddress(name))).rawPayload).toString()
    expect(sent).not.toContain('/*')
    const places = styleSheets[name].map((file) => {
      const [rules = ''] = readFileSync(file, 'utf8')
        .split(/\/\*.*?\*\//s)
        .map((text) => text.trim())
        .filter(Boolean)
      return sent.indexOf(rules)
    })
    expect(places[0]).toBe(0)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  },
)

test('what is asked for under its own address is kept for ever, and only where it lasts', async () => {
  const policy = async (url: string, lasting: boolean) =>
    (await (await served({ lasting }))(url)).headers['cache-control']
  const address = assetAddress('site.css')
  expect(await policy(address, true)).toBe('public, max-age=31536000, immutable')
  expect(await policy(address, false)).toBe('public, max-age=0')
  expect(await policy(`${address}x`, true)).toBe('public, max-age=0')
  expect(await policy('/static/site.css', true)).toBe('public, max-age=0')
})

test.each(['/static/styles/site/tokens.css', '/static/office.css', '/static/', '/static/toString'])(
  '%s is not there',
  async (url) => {
    expect((await (await served({ lasting: true }))(url)).statusCode).toBe(404)
  },
)
