import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reviseComment } from '../../db/queries/receipts/receipt-acts.ts'
import {
  commentCounts,
  comments,
  consultations,
  decisions,
  log,
  moderationRules,
} from '../../db/schema/index.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment, oneADay } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const withhold = { admission: 'admitted', publication: 'withheld', reason: 'third_party', version: '1' }
const refuse = { admission: 'refused', publication: 'withheld', reason: 'off_topic', version: '1' }

async function decide(browser: SignedIn, publicId: string, ruling: object, headers = {}) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${publicId}/decision`, ruling, headers)
}

async function stateOf(publicId: string): Promise<string | undefined> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  return row?.state
}

test('shows what waits, the oldest day first, with its clause beside it', async () => {
  await oneADay(portal, [
    { clause: 'p5', body: '第一条意见，希望写得更清楚' },
    { clause: 'p6', body: '第二条意见，赞成这样写' },
  ])
  const { body } = await moderator.get('/moderation')
  expect(body.indexOf('第一条意见')).toBeGreaterThan(0)
  expect(body.indexOf('第一条意见')).toBeLessThan(body.indexOf('第二条意见'))
  expect(body).toMatch(/<p class="clause-text">.+<\/p>/)
})

test('publishes: the clause page, the counts, the receipt and the log follow', async () => {
  const { id, publicId, code, clause } = await aComment(portal, { body: '建议增加对山区医生的补贴' })
  const before = await revision()
  const response = await decide(moderator, publicId, publish)
  expect(response.statusCode).toBe(303)
  const next = await moderator.get(String(response.headers.location))
  expect(next.body).toContain('已决定：公开')

  const page = await portal.app.inject(`/consultations/shanxi-laoqu/clauses/${clause}`)
  expect(page.body).toContain('建议增加对山区医生的补贴')
  expect(await revision()).toBe(before + 1)
  const [stored] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  expect(stored?.publishedDay).toBe(shanghaiDay(portal.clock.now))
  const receipt = await portal.app.inject({
    method: 'POST',
    url: '/receipts',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code }).toString(),
  })
  expect(receipt.body).toContain('已纳入研究并公开')
  const [entry] = await portal.db.query.select().from(log).where(eq(log.subject, id))
  expect(entry).toMatchObject({ act: 'comment.decide', staffId: moderator.id })
  expect(JSON.stringify(entry?.detail)).not.toContain('山区医生')
  const cells = await portal.db.query.select().from(commentCounts).where(eq(commentCounts.clause, clause))
  expect(cells.map(({ state, count }) => [state, count]).sort()).toEqual([
    ['pending', 0],
    ['published', 1],
  ])
})

test('withholds and refuses with a reason, which the receipt words', async () => {
  const withheld = await aComment(portal, { body: '说某某局长收了钱' })
  const refused = await aComment(portal, { body: '我家的社保卡办不下来' })
  expect((await decide(moderator, withheld.publicId, withhold)).statusCode).toBe(303)
  expect((await decide(moderator, refused.publicId, { ...refuse, note: '建议转人社' })).statusCode).toBe(303)
  expect(await stateOf(withheld.publicId)).toBe('withheld')
  expect(await stateOf(refused.publicId)).toBe('refused')
  const receipt = await portal.app.inject({
    method: 'POST',
    url: '/receipts',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code: refused.code }).toString(),
  })
  expect(receipt.body).toContain('12345')
  expect(receipt.body).not.toContain('建议转人社')
})

test.each([
  ['nothing', {}],
  ['an unknown admission', { ...publish, admission: 'perhaps' }],
  ['a refusal that is shown', { ...publish, admission: 'refused' }],
  ['no reason', { ...withhold, reason: '' }],
  ['the reason of another outcome', { ...withhold, reason: 'off_topic' }],
  ['a reason of the prototype', { ...withhold, reason: 'constructor' }],
  ['a note that is too long', { ...withhold, note: '长'.repeat(501) }],
  ['a note with a NUL', { ...withhold, note: '好\0' }],
  ['lists for texts', { ...withhold, reason: ['third_party'], note: ['a'] }],
  ['a version that is no number', { ...publish, version: 'NaN' }],
  ['a version that no comment can have', { ...publish, version: '1e300' }],
])('answers %s with what is missing, and stores nothing', async (_name, ruling) => {
  const { publicId } = await aComment(portal)
  const response = await decide(moderator, publicId, ruling)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain('没有保存')
  expect(await stateOf(publicId)).toBe('pending')
})

test('gives a refused form back as it was filled in', async () => {
  const { publicId } = await aComment(portal)
  const { body } = await decide(moderator, publicId, { ...withhold, reason: '', note: '与市民政局核对过' })
  expect(body).toContain('请选择理由')
  expect(body).toContain('与市民政局核对过')
  expect(body).toMatch(/<details class="act" open>/)
})

test('lets one of two moderators win and tells the other who and when', async () => {
  const { publicId } = await aComment(portal)
  const other = await signIn(portal, 'moderator')
  expect((await decide(moderator, publicId, publish)).statusCode).toBe(303)
  const late = await decide(other, publicId, refuse)
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain(`这条意见已由 ${moderator.name} 于 2026-11-23 10:00 决定：公开`)
  expect(await stateOf(publicId)).toBe('published')
})

test('refuses a ruling on a version that its author has changed since, and shows what was changed', async () => {
  const { id, publicId } = await aComment(portal, { body: '建议把时限写明确，并且公布' })
  const [read] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  if (!read) throw new Error('nothing was stored')
  // With a telephone number, which would keep it from being published: what was read comes first.
  const words = {
    body: '建议把期限写明确，电话13800138000',
    stance: 'amend',
    proposal: null,
    wording: null,
    quote: null,
  }
  await reviseComment(portal.db, read, words, portal.clock.now)
  const response = await decide(moderator, publicId, { ...withhold, note: '与市民政局核对过' })
  expect(response.statusCode).toBe(409)
  expect(response.body).toContain('提出人刚刚修改了这条意见')
  expect(response.body).toMatch(/刚刚修改 · 意见[\s\S]+<del>时限?<\/del>\s*<ins>期限?<\/ins>/)
  expect(response.body).toContain('与市民政局核对过')
  expect((await decide(moderator, publicId, publish)).statusCode).toBe(409)
  expect(await stateOf(publicId)).toBe('pending')
  expect((await decide(moderator, publicId, { ...withhold, version: '2' })).statusCode).toBe(303)
})

test('has one winner of fifty at once, and counters that equal a recount', async () => {
  const { publicId } = await aComment(portal)
  await moderator.get('/moderation')
  const rulings = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? publish : refuse))
  const responses = await Promise.all(
    rulings.map((ruling) => moderator.post(`/moderation/comments/${publicId}/decision`, ruling)),
  )
  expect(responses.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1)
  expect(responses.filter(({ statusCode }) => statusCode === 409)).toHaveLength(49)
  expect(await portal.db.query.select().from(decisions)).toHaveLength(1)
  const cells = await portal.db.query.select().from(commentCounts)
  const state = await stateOf(publicId)
  expect(cells.filter(({ count }) => count !== 0)).toMatchObject([{ state, count: 1 }])
})

test('answers htmx with the next comment and the row that replaces the decided one', async () => {
  const first = await aComment(portal, { body: '先收到的意见在这里' })
  const second = await aComment(portal, { body: '后收到的意见在这里' })
  const { statusCode, body } = await decide(moderator, first.publicId, publish, { 'hx-request': 'true' })
  expect(statusCode).toBe(200)
  expect(body).not.toContain('<html')
  expect(body).toContain('已决定：公开')
  expect(body).toContain('后收到的意见在这里')
  expect(body).toContain('<div id="list" data-hx-swap-oob="true">')
  const [, decided = ''] =
    /<li id="row-([\da-f-]+)" class="decided">[\s\S]+?先收到的意见在这里/.exec(body) ?? []
  expect(decided).toBe(first.publicId)
  expect(body).toContain(`id="row-${second.publicId}" class="current"`)
  expect(body).toMatch(/id="pills" data-hx-swap-oob="true"[\s\S]+全部 <span class="number">1<\/span>/)
})

test('fills the list up while one works, with the one in hand in it', async () => {
  for (let count = 0; count < 28; count += 1) await aComment(portal, { body: `意见之${count}。` })
  const listed = (body: string) =>
    [...body.matchAll(/<li id="row-([\da-f-]+)"(?! class="decided")/g)].map(([, id]) => id)
  const before = listed((await moderator.get('/moderation')).body)
  expect(before).toHaveLength(25)
  const { body } = await decide(moderator, before[0] ?? '', publish, { 'hx-request': 'true' })
  expect(listed(body)).toHaveLength(25)
  expect(listed(body).slice(0, 24)).toEqual(before.slice(1))
  const last = listed((await moderator.get(`/moderation?after=${before[24]}`)).body).at(-1)
  const opened = await moderator.post(`/moderation/comments/${last}/claim`, {}, { 'hx-request': 'true' })
  expect(listed(opened.body)[0]).toBe(last)
  expect(opened.body).toContain(`id="row-${last}" class="current"`)
})

test('answers htmx with one to read where none is left to decide', async () => {
  const first = await aComment(portal)
  const second = await aComment(portal, { body: '等另一位审核员决定的意见' })
  const [seed] = await portal.db.query.select().from(consultations)
  const rule = { consultationId: seed?.id ?? '', agreement: 'negative' }
  await portal.db.query.insert(moderationRules).values(rule)
  expect((await decide(moderator, second.publicId, refuse)).body).toContain('须两人一致')
  const { body } = await decide(moderator, first.publicId, publish, { 'hx-request': 'true' })
  expect(body).toContain('已决定：公开')
  expect(body).toContain('等另一位审核员决定的意见')
})

test('claims the next one with the decision, so that two who go on do not have the same one open', async () => {
  const ids = (await oneADay(portal, [{}, {}, {}, {}])).map(({ publicId }) => publicId)
  const other = await signIn(portal, 'moderator')
  const opened = async (browser: SignedIn, publicId: string) =>
    new URL(String((await decide(browser, publicId, publish)).headers.location), 'http://x').searchParams.get(
      'comment',
    )
  expect(await opened(moderator, ids[0] ?? '')).toBe(ids[1])
  expect(await opened(other, ids[2] ?? '')).toBe(ids[3])
  expect(await opened(moderator, ids[1] ?? '')).toBe(null)
  const last = await other.get(`/moderation?comment=${ids[3]}`)
  expect(last.body).toContain('我认领')
  expect((await decide(moderator, ids[3] ?? '', publish)).statusCode).toBe(409)
})

test('is closed to who has no part in it', async () => {
  const { publicId } = await aComment(portal)
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  const drafter = await signIn(portal, 'drafter')
  const auditor = await signIn(portal, 'auditor')
  for (const browser of [elsewhere, drafter, auditor]) {
    await browser.get('/moderation')
    const response = await browser.post(`/moderation/comments/${publicId}/decision`, publish)
    expect(response.statusCode).toBe(403)
  }
  expect((await drafter.get('/moderation')).statusCode).toBe(403)
  expect((await auditor.get('/moderation')).statusCode).toBe(200)
  expect((await elsewhere.get(`/moderation?comment=${publicId}`)).statusCode).toBe(403)
  expect((await portal.app.inject('/moderation')).statusCode).toBe(303)
  expect(await stateOf(publicId)).toBe('pending')
})

test.each(['nobody', '%00', '../../etc/passwd', '0'.repeat(150), crypto.randomUUID()])(
  'knows no comment %s',
  async (publicId) => {
    await moderator.get('/moderation')
    const there = `/moderation/comments/${encodeURIComponent(publicId)}`
    for (const act of [
      'decision',
      'claim',
      'release',
      'redactions',
      'reopening',
      'original',
      'restoration',
    ]) {
      expect((await moderator.post(`${there}/${act}`, publish)).statusCode).toBe(404)
    }
    expect(
      (await moderator.get(`/moderation?comment=${encodeURIComponent(publicId)}`)).statusCode,
    ).toBeLessThan(500)
  },
)

async function revision(): Promise<number> {
  const [row] = await portal.db.query.select().from(consultations)
  return row?.revision ?? 0
}
