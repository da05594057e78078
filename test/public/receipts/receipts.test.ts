import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

test('whoever has lost the code is told how to get another', async () => {
  const { body } = await portal.app.inject('/receipts')
  expect(body).toContain('请告诉发布单位您的回执号，核对联系方式后可以换发新的查询码')
})
