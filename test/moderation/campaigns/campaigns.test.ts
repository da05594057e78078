import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { campaigns, comments } from '../../../db/schema/index.ts'
import { bulkDeciding } from '../../../server/jobs/bulks.ts'
import { grouping } from '../../../server/jobs/campaigns.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { aComment } from '../comments.ts'

let portal: TestPortal
let moderator: SignedIn
const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
const added = '我们村的卫生院连血压计都没有。'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  for (let i = 0; i < 3; i++) await aComment(portal, { body: letter })
  await aComment(portal, { body: letter + added })
  await aComment(portal, { body: '希望把护林员补贴写进去，按面积发放。' })
  expect(await doSome(portal.deps, grouping, 100)).toBe(5)
  expect(await doSome(portal.deps, grouping, 100)).toBe(0)
  return portal
})

async function theCampaign(): Promise<typeof campaigns.$inferSelect> {
  const rows = await portal.db.query.select().from(campaigns)
  expect(rows).toHaveLength(1)
  if (!rows[0]) throw new Error('nothing was grouped')
  return rows[0]
}

test('groups what is alike, counted in full, however often it is compared', async () => {
  expect(await theCampaign()).toMatchObject({ count: 4 })
  const { body } = await moderator.get('/moderation/campaigns')
  expect(body).toContain('4 条')
  expect(body).not.toContain('护林员')
})

test('lists what waits before what is finished, with how many wait and the clause’s name, over pages', async () => {
  anewAfter()
  const { db } = portal
  const [{ consultationId = '' } = {}] = await db.query.select().from(campaigns)
  for (const place of Array.from({ length: 100 }, (_, i) => i)) {
    const representativeId = (await aComment(portal, { body: `另一封信之${place}` })).id
    const row = { id: crypto.randomUUID(), consultationId, representativeId, count: 500 + place }
    await db.query.insert(campaigns).values({ ...row, createdAt: portal.clock.now })
  }
  const first = (await moderator.get('/moderation/campaigns')).body
  expect(first).toMatch(/4 条<\/strong> · 待审 4 条 · （五）[\s\S]+599 条<\/strong> · 已审完/)
  expect(first).not.toContain('500 条')
  expect(first).toContain('/moderation/campaigns?page=2')
  const second = (await moderator.get('/moderation/campaigns?page=2')).body
  expect(second).toContain('500 条')
  expect(second).not.toContain('rel="next"')
  expect((await moderator.get('/moderation/campaigns?page=99')).body).toContain('没有同类意见')
})

test('shows one copy, how many are the same to the letter, and what each other adds', async () => {
  const { body } = await moderator.get(`/moderation/campaigns/${(await theCampaign()).id}`)
  expect(body).toContain('其中 3 条一字不差，4 条待审')
  expect(body).toContain(`<mark class="own">${added}</mark>`)
  expect(body).toContain('全部在一秒内提交')
})

test('the queue of one group has no switch for groups beside it', async () => {
  const { body } = await moderator.get(`/moderation?group=${(await theCampaign()).id}`)
  expect(body).not.toContain('only=campaign')
})

test('takes a single one out, and decides the rest at once', async () => {
  anewAfter()
  const { id } = await theCampaign()
  const [single] = await portal.db.query
    .select()
    .from(comments)
    .where(eq(comments.body, letter + added))
  await moderator.get('/moderation')
  await moderator.post(`/moderation/campaigns/${id}/removals`, { comment: single?.publicId })
  expect(await theCampaign()).toMatchObject({ count: 3 })
  expect((await moderator.get(`/moderation/bulks/new?group=${id}&all=yes`)).body).toContain(
    '批量处理 3 条意见',
  )
  const ruling = { admission: 'admitted', publication: 'published' }
  const bulk = await moderator.post(`/moderation/bulks?group=${id}&all=yes`, ruling)
  await moderator.post(`${bulk.headers.location}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  const states = (await portal.db.query.select().from(comments)).map(({ state }) => state)
  expect(states.sort()).toEqual(['pending', 'pending', 'published', 'published', 'published'])
})

test('is closed to who has no part in it', async () => {
  const { id } = await theCampaign()
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  expect((await elsewhere.get(`/moderation/campaigns/${id}`)).statusCode).toBe(403)
  expect((await elsewhere.get('/moderation/campaigns')).body).toContain('没有同类意见')
  expect((await moderator.get('/moderation/campaigns/nobody')).statusCode).toBe(404)
})
