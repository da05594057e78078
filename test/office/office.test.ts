import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { filledPortal } from './filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('who is not signed in is sent to sign in, and other roles are refused', async () => {
  const stranger = await portal.app.inject('/office/shanxi-laoqu')
  expect(stranger.statusCode).toBe(303)
  const moderator = await signIn(portal, 'moderator')
  expect((await moderator.get('/office/shanxi-laoqu')).statusCode).toBe(403)
})

test('what is not there is not found', async () => {
  expect((await drafter.get('/office/nowhere')).statusCode).toBe(404)
  expect((await drafter.get('/office/shanxi-laoqu/responses/nothing')).statusCode).toBe(404)
})
