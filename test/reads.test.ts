import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from './build.ts'
import { aComment } from './moderation/comments.ts'
import { type Everything, everything, opened, states } from './public/everything.ts'
import { forgetReadings, statementsOfLast } from './reads.ts'
import { type SignedIn, signIn } from './staff.ts'

let portal: TestPortal
let all: Everything
let moderator: SignedIn
let drafter: SignedIn

beforeAll(async () => {
  portal = await buildTestApp({ now: opened })
  all = await everything(portal)
  for (let count = 0; count < 3; count += 1) await aComment(portal)
  moderator = await signIn(portal, 'moderator')
  drafter = await signIn(portal, 'drafter')
  await moderator.get('/staff/account')
  await drafter.get('/staff/account')
})
afterAll(() => portal.close())

/** How many statements each page runs, a list of writes as one; where it writes, it reads some of it anew. */
const known = {
  'the moderators’ queue': { all: 29, different: 29 },
  'one comment of it': { all: 29, different: 29 },
  'deciding on it': { all: 47, different: 39 },
  'a clause, cold': { all: 10, different: 10 },
  'the same, kept': { all: 2, different: 2 },
  'the office’s overview': { all: 12, different: 12 },
  'the outcome in the office': { all: 23, different: 23 },
  'an edition of the outcome': { all: 9, different: 9 },
}

// Whoever makes a page read more than it did says so here; that none reads the same twice is held by test/build.ts.
test('a page reads no more than is known of it', async () => {
  const figures: Record<string, { all: number; different: number }> = {}
  const measure = async (page: keyof typeof known, ask: () => PromiseLike<{ statusCode: number }>) => {
    forgetReadings()
    expect((await ask()).statusCode, page).toBe(200)
    const statements = statementsOfLast(portal.app)
    figures[page] = { all: statements.length, different: new Set(statements).size }
  }
  const { publicId } = await aComment(portal)
  const ruling = { admission: 'admitted', publication: 'published', version: '1' }
  const decision = `/moderation/comments/${publicId}/decision`
  await measure('the moderators’ queue', () => moderator.get('/moderation'))
  await measure('one comment of it', () => moderator.get(`/moderation?comment=${publicId}`))
  await measure('deciding on it', () => moderator.post(decision, ruling, { 'hx-request': 'true' }))
  await measure('a clause, cold', () => portal.app.inject('/consultations/yanglao/clauses/p3'))
  await measure('the same, kept', () => portal.app.inject('/consultations/yanglao/clauses/p3'))
  await measure('the office’s overview', () => drafter.get('/office/yanglao'))
  await measure('the outcome in the office', () => drafter.get('/office/yanglao/outcome'))
  for (const [, enter] of states) await enter(all)
  await measure('an edition of the outcome', () => portal.app.inject('/consultations/yanglao/outcome'))
  expect(figures).toEqual(known)
})
