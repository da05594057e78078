import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aConsultation, endorseSome, everyKind, say } from './filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  await say(portal.db, consultation, everyKind(['draft', 'p1', 'p7', 'p23']))
  await aConsultation(portal.db, 'other')
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('who is not signed in is sent to sign in, and other roles are refused', async () => {
  const stranger = await portal.app.inject('/office/shanxi-laoqu')
  expect(stranger.statusCode).toBe(303)
  const moderator = await signIn(portal, 'moderator')
  expect((await moderator.get('/office/shanxi-laoqu')).statusCode).toBe(403)
})

test('a drafter of one consultation sees that one and no other', async () => {
  const other = await findConsultation(portal.db, 'other')
  const mine = await signIn(portal, { role: 'drafter', consultationId: other?.id ?? '' })
  const home = await mine.get('/office')
  expect(home.body).toContain('关于试点的实施意见')
  expect(home.body).not.toContain('革命老区')
  expect((await mine.get('/office/other')).statusCode).toBe(200)
  expect((await mine.get('/office/shanxi-laoqu')).statusCode).toBe(403)
  expect((await mine.get('/office/shanxi-laoqu/comments.csv')).statusCode).toBe(403)
})

test('the overview shows the equation, and each clause with its counts', async () => {
  const { statusCode, body } = await drafter.get('/office/shanxi-laoqu')
  expect(statusCode).toBe(200)
  expect(body).toContain('收到 = 公开 + 不公开 + 不纳入 + 待审 + 撤回')
  expect(body).toContain('100 = 20 + 20 + 20 + 20 + 20')
  expect(body).toContain('✓ 相符')
  expect(body.match(/<tr>/g)).toHaveLength(2 * (1 + 24 + 1))
})

test('endorsements have a column of their own once there are any, and are in no other number', async () => {
  expect((await drafter.get('/office/shanxi-laoqu')).body).not.toContain('附议')
  await endorseSome(portal.db, { published: 7, withheld: 5, withdrawn: 3 })
  const { body } = await drafter.get('/office/shanxi-laoqu')
  expect(body).toContain('附议按人次计，未核实')
  const [tally = ''] = /<table class="tally">.*?<\/table>/s.exec(body) ?? []
  const columns = tally.match(/<tr>.*?<\/tr>/gs)?.map((row) => Number(/(\d+)<\/td>\s*<\/tr>/.exec(row)?.[1]))
  expect(columns?.slice(1, -1).reduce((sum, count) => sum + count, 0)).toBe(12)
  expect(columns?.at(-1)).toBe(12)
  expect(body).toContain('100 = 20 + 20 + 20 + 20 + 20')
  const list = (await drafter.get('/office/shanxi-laoqu/comments?state=withheld')).body
  expect(list).toContain('附议 5 人次（未核实）')
  expect((await drafter.get('/office/shanxi-laoqu/comments?state=withdrawn')).body).not.toContain('人次')
})

test('reading goes through all comments page by page, each once', async () => {
  const seen: string[] = []
  for (let next: string | undefined = '/office/shanxi-laoqu/comments'; next; ) {
    const { body }: { body: string } = await drafter.get(next)
    seen.push(...[...body.matchAll(/id="c-([^"]+)"/g)].map((match) => match[1] ?? ''))
    next = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toHaveLength(100)
  expect(new Set(seen).size).toBe(100)
})

test('filters narrow, and say their counts', async () => {
  const { body } = await drafter.get('/office/shanxi-laoqu/comments?state=withheld&stance=oppose')
  expect(body.match(/class="read-comment"/g)).toHaveLength(5)
  expect(body).toMatch(/<span>反对<\/span>\s*<span class="number">5<\/span>/)
})

test.each([
  '?clause=nothing&stance=%00&state[]=a&region=%ED%A0%80',
  '?after=p1',
  '?after=..',
  '?after=p1.%00',
  `?region=${'长'.repeat(3000)}`,
  '?clause=p1&clause=p2',
])('an address that asks for nonsense is read as far as it makes sense: %s', async (query) => {
  expect((await drafter.get(`/office/shanxi-laoqu/comments${query}`)).statusCode).toBe(200)
})

test('what is not there is not found', async () => {
  expect((await drafter.get('/office/nowhere')).statusCode).toBe(404)
  expect((await drafter.get('/office/shanxi-laoqu/responses/nothing')).statusCode).toBe(404)
})

test('files are named for what they hold and never kept by a cache', async () => {
  const { headers, rawPayload } = await drafter.get('/office/shanxi-laoqu/comments.xlsx?scope=public')
  expect(headers['content-disposition']).toContain(
    encodeURIComponent('意见（公开）-shanxi-laoqu-2026-11-23.xlsx'),
  )
  expect(headers['cache-control']).toBe('no-store')
  expect(rawPayload.subarray(0, 2).toString()).toBe('PK')
})

test('one answer to all that a reading shows, approved by a second person, is shown with the comments', async () => {
  const approver = await signIn(portal, 'approver')
  const form = await drafter.get('/office/shanxi-laoqu/responses/new?clause=p7')
  expect(form.body).toContain('<strong>10</strong> 条意见')
  expect(form.body).toContain('<strong>5</strong> 条不公开')

  const wrong = await drafter.post('/office/shanxi-laoqu/responses', { clause: 'p7', reason: '写得好' })
  expect(wrong.statusCode).toBe(422)
  for (const said of ['请选择采纳情况', '其中有不公开的意见，请写归纳', '写得好'])
    expect(wrong.body).toContain(said)

  const answer = { outcome: 'partly_adopted', reason: '已在第（五）条写明时限。', summary: '建议写明时限' }
  const drafted = await drafter.post('/office/shanxi-laoqu/responses', { clause: 'p7', ...answer })
  expect(drafted.statusCode).toBe(303)
  const address = String(drafted.headers.location)

  await drafter.get(address)
  expect((await drafter.post(`${address}/submission`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${address}/approval`, {})).statusCode).toBe(403)
  await approver.get(address)
  const empty = await approver.post(`${address}/return`, { note: ' ' })
  expect(empty.statusCode).toBe(422)
  expect((await approver.post(`${address}/approval`, {})).statusCode).toBe(303)
  const late = await approver.post(`${address}/return`, { note: '再改' })
  expect(late.statusCode).toBe(409)

  const reading = await drafter.get('/office/shanxi-laoqu/comments?clause=p7&state=published')
  expect(reading.body.match(/部分采纳<\/a><\/strong>（已批准）：已在第（五）条写明时限。/g)).toHaveLength(5)
  const again = await drafter.get('/office/shanxi-laoqu/responses/new?clause=p7')
  expect(again.statusCode).toBe(409)
  const listed = await drafter.get('/office/shanxi-laoqu/responses?state=approved')
  expect(listed.body).toContain('已答复 <strong>10</strong> / 40 条')
})

test('an answer with what no database keeps comes back as it was typed', async () => {
  await drafter.get('/office/shanxi-laoqu/responses/new?clause=p1')
  const fields = { clause: 'p1', outcome: 'adopted', reason: 'a\u0000b', summary: '归纳' }
  const refused = await drafter.post('/office/shanxi-laoqu/responses', fields)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('理由里有无法保存的字符')
  const long = await drafter.post('/office/shanxi-laoqu/responses', { ...fields, reason: '长'.repeat(2001) })
  expect(long.statusCode).toBe(422)
  const lists = await drafter.post('/office/shanxi-laoqu/responses', {
    clause: ['p1'],
    outcome: ['adopted'],
    reason: { a: 1 },
  })
  expect(lists.statusCode).toBe(422)
})
