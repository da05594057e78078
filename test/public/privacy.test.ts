import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

test('who collects what, and who sees it, is said in the language of the page', async () => {
  const chinese = await portal.app.inject('/privacy')
  expect(chinese.body).toContain('收集哪些，谁能看到')
  const english = await portal.app.inject('/privacy?lang=en')
  expect(english.body).toContain('What is collected, and who sees it')
  expect(english.body).not.toContain('收集哪些，谁能看到')
})
