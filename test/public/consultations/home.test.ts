import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const get = (url: string) => portal.app.inject({ url })

test('the home page lists the consultation with its organ, state and dates', async () => {
  const { body } = await get('/')
  expect(body).toContain('关于加快山西省革命老区振兴发展的实施意见')
  expect(body).toContain('山西省发展和改革委员会')
  expect(body).toMatch(/征集中 · 还剩 30 天/)
  expect(body).toContain('2026-12-23 23:59')
})
