import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeRole } from '../../db/queries/staff/staff-accounts.ts'
import { everywhere, type Role } from '../../server/rules/staff/roles.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

/** Where /staff, and the page for signing in, send somebody who is signed in. */
async function beginning(member: SignedIn) {
  const answers = [await member.get('/staff'), await member.get('/staff/sign-in')]
  return answers.map(({ statusCode, headers }) => [statusCode, headers.location])
}

test.each<[Role[], string]>([
  [['moderator', 'drafter'], '/moderation'],
  [['drafter', 'moderator'], '/moderation'],
  [['admin', 'approver'], '/moderation'],
  [['admin', 'auditor'], '/moderation'],
  [['admin', 'drafter'], '/office'],
  [['department', 'admin'], '/office'],
  [['admin'], '/admin'],
])('work begins for %j at the first workspace that they may open: %s', async (roles, first) => {
  const member = await signIn(portal, ...roles)
  expect(await beginning(member)).toEqual([
    [303, first],
    [303, first],
  ])
  const { statusCode, headers } = await member.get(first)
  expect(statusCode).toBeLessThan(400)
  expect(headers.location ?? first).toMatch(new RegExp(`^${first}`))
})

test('without a role there is their own account', async () => {
  const member = await signIn(portal, 'drafter')
  const by = { staffId: member.id, now: portal.clock.now }
  await revokeRole(portal.db, member.id, { role: 'drafter', consultationId: everywhere }, by)
  const first = '/staff/account'
  expect(await beginning(member)).toEqual([
    [303, first],
    [303, first],
  ])
  expect((await member.get(first)).statusCode).toBe(200)
})
