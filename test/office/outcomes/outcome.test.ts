import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentCounts, comments } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { canaries, endorseSome, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let consultation: Consultation
const office = '/office/shanxi-laoqu'
const page = '/consultations/shanxi-laoqu/outcome'
const said = (clause: string, state: string, body: string): Said => ({
  clause,
  state,
  body,
  stance: 'amend',
  identity: 'individual',
  region: '长治市',
  channel: 'web',
  wording: null,
})

beforeEach(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  await say(portal.db, consultation, [
    said('p7', 'published', '请写明时限。'),
    said('p7', 'published', '写明牵头单位。'),
    said('p8', 'withheld', '不愿公开的话。'),
    said('p8', 'refused', '广告。'),
  ])
  portal.clock.now = new Date('2026-12-24T02:00:00Z')
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterEach(() => portal.close())

async function answer(fields: Record<string, string>) {
  await drafter.get(`${office}/outcome`)
  const drafted = await drafter.post(`${office}/responses`, fields)
  const address = String(drafted.headers.location)
  await drafter.post(`${address}/submission`, {})
  await approver.get(`${office}/outcome`)
  expect((await approver.post(`${address}/approval`, {})).statusCode).toBe(303)
}

async function answerAll() {
  await answer({ clause: 'p7', outcome: 'adopted', reason: '已写明。' })
  await answer({ clause: 'p8', outcome: 'not_adopted', reason: '另有规定。', summary: '对时限有不同看法' })
}

async function publish(fields = {}) {
  await approver.get(`${office}/outcome`)
  return approver.post(`${office}/outcome/editions`, fields)
}

test('what stands in the way is named, and publishing is refused with it', async () => {
  const refused = await publish()
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('还有 3 条意见没有经批准的答复')
  expect((await portal.app.inject(page)).statusCode).toBe(404)
  await drafter.get(`${office}/outcome`)
  expect((await drafter.post(`${office}/outcome/editions`, {})).statusCode).toBe(403)
})

test('the outcome is published whole: report, table without what is not public, counts that add up', async () => {
  await answerAll()
  expect((await publish()).statusCode).toBe(303)
  const { statusCode, body, headers } = await portal.app.inject(page)
  expect(statusCode).toBe(200)
  expect(headers['set-cookie']).toBeUndefined()
  expect(body).toContain('共收到意见4条（4件，4人次），其中网上4条')
  expect(body).toContain('采纳2条（占3条的66.7%）')
  expect(body).toContain('对时限有不同看法')
  expect(body).toContain('请写明时限。')
  for (const secret of ['不愿公开的话', '广告', ...Object.values(canaries)])
    expect(body).not.toContain(secret)
  const draft = await portal.app.inject('/consultations/shanxi-laoqu')
  expect(draft.body).toContain('结果已公布')
})

test('once it is published no further round, extension or suspension is offered', async () => {
  const acts = async () => (await drafter.get(`${office}/publication`)).body
  expect(await acts()).toContain(`href="${office}/extensions"`)
  await answerAll()
  await publish()
  for (const path of ['import', 'extensions', 'suspension']) {
    expect(await acts()).not.toContain(`href="${office}/${path}"`)
  }
  expect(await acts()).toContain(`href="${office}/corrections"`)
})

test('endorsements stand beside the counts that they are not in, and a wrong number of them is refused', async () => {
  await endorseSome(portal.db, { published: 8, withheld: 4 })
  await answerAll()
  await drafter.post(`${office}/outcome/report`, { report: '共收到意见 4 条（4 人次），附议 12 人次。' })
  expect((await publish()).body).toContain('情况说明写“附议 12 人次”，实际是 8')
  await drafter.post(`${office}/outcome/report`, { report: '', revision: '1' })
  await publish()
  const { body } = await portal.app.inject(page)
  expect(body).toContain('共收到意见4条（4件，4人次）')
  expect(body).toContain('另有对公开意见的附议8人次（未核实，单独统计，不计入意见条数）')
  expect(body).toContain('另有对公开意见的附议 8 人次（未核实），单独统计')
})

test('a table that does not add up to what was counted is not published', async () => {
  await answerAll()
  await portal.db.query.update(commentCounts).set({ count: 1 }).where(eq(commentCounts.clause, 'p7'))
  const refused = await publish()
  expect(refused.statusCode).toBe(409)
  expect(refused.body).toContain('没有公布')
  expect((await portal.app.inject(page)).statusCode).toBe(404)
})

test('a number that the data does not bear out is refused', async () => {
  await answerAll()
  await drafter.get(`${office}/outcome`)
  await drafter.post(`${office}/outcome/report`, { report: '共收到意见 5 条，采纳 2 条。' })
  const refused = await publish()
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('情况说明写“收到意见 5 条”，实际是 4')
  expect(refused.body).toContain(`现在的文字由 ${drafter.name} 于 `)
  await drafter.post(`${office}/outcome/report`, { report: '', revision: '1' })
  expect((await drafter.get(`${office}/outcome`)).body).not.toContain('现在的文字由')
  expect((await publish()).statusCode).toBe(303)
})

test('a comment that is reopened or redacted after the outcome reads so in every edition', async () => {
  await answerAll()
  await publish()
  expect((await portal.app.inject(page)).body).toContain('请写明时限。')
  const [one] = await portal.db.query.select().from(comments).where(eq(comments.body, '请写明时限。'))
  const [two] = await portal.db.query.select().from(comments).where(eq(comments.body, '写明牵头单位。'))
  const moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation')
  const reopened = await moderator.post(`/moderation/comments/${one?.publicId}/reopening`, {
    reason: '有他人信息',
  })
  expect(reopened.statusCode).toBe(303)
  await portal.db.query
    .update(comments)
    .set({ body: '写明【已隐去】。' })
    .where(eq(comments.id, two?.id ?? ''))

  const { body } = await portal.app.inject(page)
  expect(body).not.toContain('请写明时限。')
  expect(body).toContain('这条意见已不再公开')
  expect(body).toContain('写明【已隐去】。')
  expect(body).not.toContain('写明牵头单位。')
})

test('a correction is a new edition that says what it corrects; the old one stays', async () => {
  await answerAll()
  await publish()
  await drafter.get(`${office}/outcome`)
  await drafter.post(`${office}/outcome/report`, { report: '共收到意见 4 条，已逐条研究。' })
  const silent = await publish()
  expect(silent.statusCode).toBe(422)
  expect(silent.body).toContain('请填写更正说明')
  expect((await publish({ note: '补充研究过程' })).statusCode).toBe(303)
  expect((await portal.app.inject(page)).body).toContain('补充研究过程')
  const first = await portal.app.inject(`${page}?edition=1`)
  expect(first.body).toContain('这是旧版')
  expect(first.body).toContain('其中网上4条')
})

test.each(['?edition=9', '?edition[]=1', '?after=-5', '?after=99999999999', '?after=a'])(
  'an address that asks for nonsense gives the newest edition: %s',
  async (query) => {
    await answerAll()
    await publish()
    expect((await portal.app.inject(`${page}${query}`)).statusCode).toBe(200)
  },
)
