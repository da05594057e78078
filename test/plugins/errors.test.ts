import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

test('a NUL in an address is the request’s fault, and the page says what to do', async () => {
  const answer = await portal.app.inject('/consultations/a%00b')
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain('提交的内容无法识别')
})
