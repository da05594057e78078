import { promisify } from 'node:util'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sessions } from '../../db/schema/index.ts'
import { sessionStore } from '../../server/plugins/session-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { statementsOfLast } from '../reads.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let member: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())
beforeEach(async () => {
  member = await signIn(portal, 'moderator')
})

function forward(seconds: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + seconds * 1000)
}

async function stored() {
  const [row] = await portal.db.query.select().from(sessions).where(eq(sessions.staffId, member.id))
  return row
}

/** Opens a page. @returns whether that wrote the session's row */
async function opensWriting(headers: Record<string, string> = {}): Promise<boolean> {
  expect((await member.get('/staff/account', headers)).statusCode).toBe(200)
  return statementsOfLast(portal.app).some((statement) => statement.startsWith('update "sessions"'))
}

test('that a session is used is written at most once a minute', async () => {
  await opensWriting()
  const first = await stored()
  for (const seconds of [0, 1, 30, 28]) {
    forward(seconds)
    expect(await opensWriting(), `${seconds} s later`).toBe(false)
  }
  expect(await stored()).toEqual(first)
  forward(1)
  expect(await opensWriting()).toBe(true)
  expect((await stored())?.expiresAt).toEqual(new Date(portal.clock.now.getTime() + 30 * 60_000))
  expect(await opensWriting()).toBe(false)
})

test('what it holds is written at once when it changes, by a page that asks by itself too', async () => {
  const { expiresAt } = (await stored()) ?? {}
  forward(1)
  const store = sessionStore({ ...portal.deps, seals: { ...portal.deps.seals, hash: (_, value) => value } })
  const cookie = (await stored())?.id ?? ''
  const session = await promisify(store.get)(cookie)
  if (!session) throw new Error('the session was not stored')
  await promisify(store.set)(cookie, Object.assign(session, { agent: '另一个', unattended: true }))
  expect(await stored()).toMatchObject({ staffId: member.id, agent: '另一个', expiresAt })
})

test('a page that asks by itself is no use of the session', async () => {
  await opensWriting()
  const { expiresAt } = (await stored()) ?? {}
  forward(20 * 60)
  expect(await opensWriting({ unattended: '1' })).toBe(false)
  expect((await stored())?.expiresAt).toEqual(expiresAt)
})

test('a session ends no sooner than 29 minutes after its last use, and no later than 30', async () => {
  await opensWriting()
  forward(59)
  expect(await opensWriting()).toBe(false)
  forward(29 * 60)
  expect(await opensWriting()).toBe(true)
  forward(30 * 60)
  expect((await member.get('/staff/account')).statusCode).toBe(303)
})
