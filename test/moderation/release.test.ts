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

async function act(browser: SignedIn, publicId: string, path: string, fields: object = {}) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${publicId}/${path}`, fields)
}

test('a claim is let go of on leaving, or by opening another', async () => {
  const [first, second] = [await aComment(portal), await aComment(portal)]
  await act(moderator, first.publicId, 'claim')
  await act(moderator, second.publicId, 'claim')
  expect((await act(other, first.publicId, 'claim')).statusCode).toBe(303)
  expect((await act(moderator, second.publicId, 'release')).statusCode).toBe(204)
  expect((await act(other, second.publicId, 'claim')).statusCode).toBe(303)
})

test('a claim is let go of by nobody else', async () => {
  const { publicId } = await aComment(portal)
  await act(moderator, publicId, 'claim')
  expect((await act(other, publicId, 'release')).statusCode).toBe(204)
  expect((await act(other, publicId, 'claim')).statusCode).toBe(409)
})
