import { afterAll, beforeAll, expect, test } from 'vitest'
import { settings } from '../../db/schema/index.ts'
import { siteDefaults } from '../../server/rules/site.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'

const begin = new Date('2026-11-23T02:00:00Z')
const path = '/.well-known/security.txt'
const behindProxy = { headers: { host: 'elsewhere.example', 'x-forwarded-proto': 'https' } }
let portal: TestPortal
let admin: SignedIn

beforeAll(async () => {
  portal = await buildTestApp({ now: begin })
  admin = await signIn(portal, 'admin')
  await admin.get('/admin/site')
})
afterAll(() => portal.close())

const asked = () => portal.app.inject({ url: path, ...behindProxy })
const name = (securityContact: string) =>
  admin.post('/admin/site', { name: siteDefaults.name, securityContact })

test('where nobody is named there is no file, and the page of the site says what to fill in', async () => {
  expect((await asked()).statusCode).toBe(404)
  const { body } = await admin.get('/admin/site')
  expect(body).toContain('安全问题联系方式')
  expect(body).toContain('留空就没有这个文件')
})

test('whoever is named stands in the file at once, for half a year from the day on, in a form that caches keep', async () => {
  await name('anquan@example.gov.cn')
  const first = await asked()
  expect(first.body).toBe(
    'Contact: mailto:anquan@example.gov.cn\n' +
      'Expires: 2027-05-22T00:00:00+08:00\n' +
      'Preferred-Languages: zh, en\n',
  )
  expect(first.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(first.headers['cache-control']).toBe('public, max-age=0, s-maxage=10')

  await name('0351-1234567')
  expect((await asked()).body).toContain('Contact: tel:0351-1234567;phone-context=+86\n')
  await name('anquan@example.gov.cn')

  portal.clock.now = new Date('2026-11-23T15:59:59Z')
  expect((await asked()).headers.etag).toBe(first.headers.etag)
  portal.clock.now = new Date('2026-11-23T16:00:00Z')
  expect((await asked()).body).toContain('Expires: 2027-05-23T00:00:00+08:00')
})

test('an address that is taken away is gone at once', async () => {
  portal.clock.now = begin
  await name('anquan@example.gov.cn')
  expect((await asked()).statusCode).toBe(200)
  await name('')
  expect((await asked()).statusCode).toBe(404)
})

test.each([
  ['https://yijian.example.gov.cn', ['Canonical: https://yijian.example.gov.cn/.well-known/security.txt']],
  ['http://yijian.example.gov.cn', []],
])('its own address is that of PUBLIC_URL, where that is of HTTPS: %s', async (publicUrl, said) => {
  const other = await buildTestApp({ config: { publicUrl } })
  const value = { securityContact: 'mailto:anquan@example.gov.cn' }
  await other.db.query.insert(settings).values({ key: 'site', value })
  const { body } = await other.app.inject({ url: path, ...behindProxy })
  await other.close()
  expect(body.split('\n').filter((line) => line.startsWith('Canonical'))).toEqual(said)
})
