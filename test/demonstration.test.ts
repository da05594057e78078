import { count } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../db/queries/consultations/consultations.ts'
import { wrongCounts } from '../db/queries/upkeep/recount.ts'
import { commentCounts, comments, endorsements } from '../db/schema/index.ts'
import { demonstrate } from '../server/demonstration/index.ts'
import { seedSlug } from '../server/seed.ts'
import { buildTestApp, type TestPortal } from './build.ts'

let portal: TestPortal
let accounts: Awaited<ReturnType<typeof demonstrate>>
beforeAll(async () => {
  portal = await buildTestApp({ seed: false })
  accounts = await demonstrate(portal.deps)
})
afterAll(() => portal.close())

test('an empty portal gets comments in every state over the whole draft, and staff of every role', async () => {
  expect(accounts?.map(({ role }) => role).sort()).toEqual(
    ['admin', 'approver', 'auditor', 'department', 'drafter', 'moderator', 'moderator', 'moderator'].sort(),
  )
  expect(new Set(accounts?.map(({ password }) => password)).size).toBe(8)

  const rows = await portal.db.query
    .select({
      state: comments.state,
      clause: comments.clause,
      body: comments.body,
      createdAt: comments.createdAt,
    })
    .from(comments)
  expect(rows.length).toBeGreaterThanOrEqual(200)
  expect(new Set(rows.map(({ state }) => state))).toEqual(
    new Set(['pending', 'published', 'withheld', 'refused', 'withdrawn']),
  )
  expect(new Set(rows.map(({ clause }) => clause)).size).toBe(24)
  const isOurs = (body: string, state: string) =>
    state === 'withdrawn' ? body === '' : body.startsWith('〔演示〕')
  expect(rows.every(({ body, state }) => isOurs(body, state))).toBe(true)

  const consultation = await findConsultation(portal.db, seedSlug)
  expect(
    rows.every(
      ({ createdAt }) => consultation && createdAt > consultation.opensAt && createdAt < portal.clock.now,
    ),
  ).toBe(true)
})

test('some comments are endorsed, and every counter agrees with what it counts', async () => {
  expect(await portal.db.query.$count(endorsements)).toBeGreaterThan(100)
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('the counters agree with the comments', async () => {
  const counted = await portal.db.query
    .select({ clause: comments.clause, stance: comments.stance, state: comments.state, count: count() })
    .from(comments)
    .groupBy(comments.clause, comments.stance, comments.state)
  const kept = (await portal.db.query.select().from(commentCounts))
    .filter((cell) => cell.count !== 0)
    .map(({ clause, stance, state, count }) => ({ clause, stance, state, count }))
  const order = (cells: typeof kept) =>
    cells.map((cell) => JSON.stringify(Object.entries(cell).sort())).sort()
  expect(order(kept)).toEqual(order(counted))
})

test('a portal that holds something is left alone', async () => {
  expect(await demonstrate(portal.deps)).toBeNull()
})
