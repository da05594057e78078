import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from './build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const ask = async (url: string) => {
  const { statusCode, body } = await portal.app.inject(url)
  return [statusCode, JSON.parse(body)]
}

test('a portal whose database answers is alive and ready; one whose database does not is alive alone', async () => {
  expect(await ask('/healthz')).toEqual([200, { status: 'ok' }])
  expect(await ask('/readyz')).toEqual([200, { status: 'ok' }])
  portal.db.query = Object.create(portal.db.query, {
    select: { value: () => expect.unreachable('the database is gone') },
  })
  expect(await ask('/readyz')).toEqual([503, { status: 'database unreachable' }])
  expect(await ask('/healthz')).toEqual([200, { status: 'ok' }])
})
