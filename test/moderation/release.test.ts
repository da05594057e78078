import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn
let other: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  other = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

async function act(browser: SignedIn, id: string, path: string, fields: object = {}) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${id}/${path}`, fields)
}

test('a claim is let go of on leaving, or by opening another', async () => {
  const [first, second] = [await aComment(portal), await aComment(portal)]
  await act(moderator, first.id, 'claim')
  await act(moderator, second.id, 'claim')
  expect((await act(other, first.id, 'claim')).statusCode).toBe(303)
  expect((await act(moderator, second.id, 'release')).statusCode).toBe(204)
  expect((await act(other, second.id, 'claim')).statusCode).toBe(303)
})

test('a claim is let go of by nobody else', async () => {
  const { id } = await aComment(portal)
  await act(moderator, id, 'claim')
  expect((await act(other, id, 'release')).statusCode).toBe(204)
  expect((await act(other, id, 'claim')).statusCode).toBe(409)
})
