import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { evidenceProblems } from '../../../db/queries/evidence/evidence-check.ts'
import { everyKeptFile } from '../../../db/queries/papers/kept-files.ts'
import { comments, departmentReplies, log } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
/** 经办 and 负责人 of one department, and somebody of another. */
let clerk: SignedIn
let head: SignedIn
let stranger: SignedIn
let ids: string[]
let own = ''
let other = ''
const office = '/office/shanxi-laoqu'
const said = (clause: string, body: string, more: Partial<Said> = {}): Said => ({
  ...amendment,
  clause,
  body,
  ...more,
})

beforeAll(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  ids = await say(portal.db, consultation, [
    said('p3', '公开的一条'),
    said('p3', '不公开的一条，电话13812345678', { state: 'withheld' }),
    said('p3', '待审的一条', { state: 'pending' }),
    said('p3', '不予采用的一条', { state: 'refused' }),
    said('p9', '别的单位的一条'),
    said('p3', '单独交给别的单位的一条'),
    said('p3', '要归并的甲'),
    said('p3', '要归并的乙'),
  ])
  drafter = await signIn(portal, 'drafter')
  clerk = await signIn(portal, 'department')
  head = await signIn(portal, 'department')
  stranger = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  for (const name of ['农业农村厅', '文化和旅游厅']) await drafter.post(`${office}/departments`, { name })
  const departments = await departmentsOf(portal.db, consultation.id)
  own = departments.find(({ name }) => name === '农业农村厅')?.id ?? ''
  other = departments.find(({ name }) => name === '文化和旅游厅')?.id ?? ''
  const at = `${office}/departments`
  await drafter.post(`${at}/${own}/clauses`, { clause: 'p3', due_on: '2026-11-20' })
  await drafter.post(`${at}/${other}/clauses`, { clause: 'p9' })
  await drafter.post(`${at}/comments`, { department: other, comment: [ids[5]] })
  for (const { name } of [clerk, head]) await drafter.post(`${at}/${own}/staff`, { member: name })
  await drafter.post(`${at}/${other}/staff`, { member: stranger.name })
  expect((await drafter.post(`${at}/${own}/staff/head`, { member: head.id, head: 'yes' })).statusCode).toBe(
    303,
  )
})
afterAll(() => portal.close())

/** The replies that are not as they were confirmed. */
async function changedRows() {
  const found = await evidenceProblems(portal.db, portal.deps.seals)
  return found.filter(({ kind }) => kind === 'department_replies')
}
const list = (state = 'open') => `${office}/assignments?state=${state}`
const of = (place: number, department = own) => `${office}/assignments/${department}/comment.${ids[place]}`

test('staff of a department see what is theirs and admitted, and nothing else', async () => {
  const { body, statusCode } = await clerk.get(list())
  expect(statusCode).toBe(200)
  expect(body).toContain('公开的一条')
  expect(body).toContain('不公开的一条，电话▇▇')
  expect(body).toMatch(/2026-11-20 前答复\s*，<strong class="fails">已逾期/)
  for (const hidden of ['13812345678', '待审的一条', '不予采用的一条', '别的单位的一条', '金丝雀'])
    expect(body).not.toContain(hidden)
  const theirs = (await stranger.get(list())).body
  expect(theirs).toContain('别的单位的一条')
  expect(theirs).toContain('单独交给别的单位的一条')
  expect(theirs).not.toContain('公开的一条')
})

test('what is not theirs is not there for them, to read or to write', async () => {
  const answer = { outcome: 'adopted', reason: '越权', revision: 0 }
  for (const address of [of(2), of(3), of(4), of(5), of(0, other), `${office}/assignments/${own}/nothing`]) {
    expect((await clerk.get(address)).statusCode, address).toBe(404)
    for (const act of ['reply', 'hand-back', 'extension', 'position', 'reply/return'])
      expect((await clerk.post(`${address}/${act}`, answer)).statusCode, `${address}/${act}`).toBe(404)
  }
  expect((await stranger.get(of(0))).statusCode).toBe(404)
  expect((await stranger.post(`${of(0)}/reply`, answer)).statusCode).toBe(404)
  expect(await portal.db.query.select().from(departmentReplies)).toEqual([])
})

test('the rest of the office is closed to them', async () => {
  for (const page of ['', '/comments', '/points', '/concerns', '/departments', '/responses', '/outcome'])
    expect((await clerk.get(`${office}${page}`)).statusCode, page).toBe(403)
  expect((await drafter.get(list())).statusCode).toBe(403)
  const home = (await clerk.get('/office')).body
  expect(home).toContain(`href="${office}/assignments"`)
  expect(home).not.toContain('待审')
})

test('names are shown where the office opens them, which is in the log', async () => {
  await drafter.post(`${office}/departments/${own}/names`, { opens_names: 'yes' })
  expect((await clerk.get(list())).body).toContain('提出人：金丝雀合作社 金丝雀甲')
  await drafter.post(`${office}/departments/${own}/names`, {})
  expect((await clerk.get(list())).body).not.toContain('金丝雀')
  const acts = await portal.db.query
    .select()
    .from(log)
    .where(eq(log.act, 'department.open_names'))
    .orderBy(log.number)
  expect(acts.map(({ detail }) => detail)).toEqual([{ opensNames: true }, { opensNames: false }])
})

test('a clerk writes, the head confirms by letter, and the drafter takes it over', async () => {
  const page = await clerk.get(of(0))
  expect(page.body).toContain('推进特优农业')
  const wrong = await clerk.post(`${of(0)}/reply`, { outcome: '', reason: '已经写进去', revision: 0 })
  expect([
    wrong.statusCode,
    wrong.body.includes('请选择采纳情况'),
    wrong.body.includes('已经写进去'),
  ]).toEqual([422, true, true])
  const written = { outcome: 'partly_adopted', reason: '拟写明牵头单位。', revision: 0 }
  expect((await clerk.post(`${of(0)}/reply`, { ...written, submit: 'yes' })).statusCode).toBe(303)
  expect((await clerk.get(list())).body).not.toContain('>公开的一条<')
  expect((await clerk.get(list('submitted'))).body).toContain('公开的一条')

  const letter = { letter_number: '晋农函〔2026〕5号', letter_on: '2026-11-24' }
  const form = await drafter.get(`${office}/responses/new?comment=${ids[0]}`)
  expect(form.body).not.toContain('拟写明牵头单位')
  expect((await clerk.get(of(0))).body).toContain('等待本单位负责人确认')
  expect((await clerk.post(`${of(0)}/reply/confirmation`, letter)).statusCode).toBe(409)
  const colleague = await signIn(portal, 'department')
  await drafter.post(`${office}/departments/${own}/staff`, { member: colleague.name })
  await colleague.get(of(0))
  expect((await colleague.post(`${of(0)}/reply/confirmation`, letter)).statusCode).toBe(409)

  expect((await head.get(of(0))).body).toContain('函件扫描件')
  const noLetter = await head.post(`${of(0)}/reply/confirmation`, { letter_on: '2026-11-24' })
  expect([noLetter.statusCode, noLetter.body.includes('请填写函号')]).toEqual([422, true])
  const scan = { name: '函件.pdf', content: Buffer.from('%PDF') }
  const bad = await head.send(`${of(0)}/reply/confirmation`, { ...scan, name: '函件.exe' }, letter)
  expect([bad.statusCode, bad.body.includes('请上传这些格式')]).toEqual([422, true])
  expect((await head.send(`${of(0)}/reply/confirmation`, scan, letter)).statusCode).toBe(303)
  const confirmed = await clerk.get(of(0))
  expect(confirmed.body).toContain('晋农函〔2026〕5号')
  const file = /href="([^"]+\/letters\/[^"]+)"/.exec(confirmed.body)?.[1] ?? ''
  expect((await clerk.get(file)).body).toBe('%PDF')
  expect((await stranger.get(file)).statusCode).toBe(404)
  const scans: string[] = []
  for await (const { folder, of: owner } of everyKeptFile(portal.db)) scans.push(`${folder} ${owner}`)
  expect(scans).toEqual(['replies 责任单位来函 shanxi-laoqu'])

  expect(await changedRows()).toEqual([])
  const meant = eq(departmentReplies.target, ids[0] ?? '')
  await portal.db.query.update(departmentReplies).set({ reason: '别人改的' }).where(meant)
  expect(await changedRows()).toHaveLength(1)
  await portal.db.query.update(departmentReplies).set({ reason: '拟写明牵头单位。' }).where(meant)

  const changed = await clerk.post(`${of(0)}/reply`, { ...written, reason: '改了', revision: 2 })
  expect([changed.statusCode, changed.body.includes('已有人改过')]).toEqual([409, true])

  const shown = await drafter.get(`${office}/responses/new?comment=${ids[0]}`)
  expect(shown.body).toContain('拟写明牵头单位。')
  expect(shown.body).toContain('晋农函〔2026〕5号')
  const reply = /name="reply" value="([^"]+)"/.exec(shown.body)?.[1] ?? ''
  const taken = await drafter.post(`${office}/responses/new`, { comment: ids[0], reply })
  expect(taken.body).toMatch(/<textarea[^>]*name="reason"[^>]*>拟写明牵头单位。/)
  expect(taken.body).toMatch(/value="partly_adopted" checked/)
  const scanned = /href="([^"]+\/letters\/[^"]+)"/.exec(taken.body)?.[1] ?? ''
  expect((await drafter.get(scanned)).body).toBe('%PDF')
  const edited = { comment: ids[0], outcome: 'adopted', reason: '已写明牵头单位。' }
  expect((await drafter.post(`${office}/responses`, edited)).statusCode).toBe(303)
  const [kept] = await portal.db.query
    .select({ reason: departmentReplies.reason })
    .from(departmentReplies)
    .where(eq(departmentReplies.target, ids[0] ?? ''))
  expect(kept?.reason).toBe('拟写明牵头单位。')
})

test('nobody confirms what they wrote themselves where somebody else could', async () => {
  const written = { outcome: 'adopted', reason: '负责人自己写的。', revision: 0, submit: 'yes' }
  const letter = { letter_number: '晋农函〔2026〕6号', letter_on: '2026-11-24' }
  await head.post(`${of(1)}/reply`, written)
  expect((await head.get(of(1))).body).toContain('请由本单位另一位负责人确认')
  expect((await head.post(`${of(1)}/reply/confirmation`, letter)).statusCode).toBe(409)
  await drafter.post(`${office}/departments/${other}/staff/head`, { member: stranger.id, head: 'yes' })
  await stranger.get(list())
  await stranger.post(`${of(4, other)}/reply`, { ...written, reason: '只有一个人。' })
  expect((await stranger.post(`${of(4, other)}/reply/confirmation`, letter)).statusCode).toBe(303)
})

test('a head sends back, and the clerk reads why', async () => {
  expect((await head.post(`${of(1)}/reply/return`, { send_back: '' })).statusCode).toBe(422)
  expect((await clerk.post(`${of(1)}/reply/return`, { send_back: '不归我管' })).statusCode).toBe(409)
  expect((await head.post(`${of(1)}/reply/return`, { send_back: '写得太短' })).statusCode).toBe(303)
  expect((await clerk.get(list())).body).toContain('负责人退改：写得太短')
})

test('two who write at once are told, and nothing typed is lost', async () => {
  const first = { outcome: 'adopted', reason: '甲写的', revision: 0 }
  await clerk.post(`${of(6)}/reply`, first)
  const second = await head.post(`${of(6)}/reply`, { ...first, reason: '乙写的' })
  expect([second.statusCode, second.body.includes('甲写的'), second.body.includes('乙写的')]).toEqual([
    409,
    true,
    true,
  ])
})

test.each(['pending', 'refused', 'withdrawn'])(
  'what is %s again is no longer there for them',
  async (state) => {
    const put = (to: string) =>
      portal.db.query
        .update(comments)
        .set({ state: to })
        .where(inArray(comments.publicId, [ids[5] ?? '', ids[6] ?? '']))
    const seen = async () => [
      (await clerk.get(of(6))).statusCode,
      (await stranger.get(of(5, other))).statusCode,
      (await stranger.get(list())).body.includes('单独交给别的单位的一条'),
    ]
    expect(await seen()).toEqual([200, 200, true])
    await put(state)
    expect(await seen()).toEqual([404, 404, false])
    await put('published')
  },
)

test('a list of many goes on from page to page, each thing once', async () => {
  const found = (await departmentsOf(portal.db, consultation.id)).find(({ id }) => id === other)
  const bodies = Array.from({ length: 120 }, (_, n) => `第${n}条很多里的`)
  const many = await say(
    portal.db,
    consultation,
    bodies.map((body, n) => said(n % 2 === 0 ? 'p9' : 'p12', body)),
  )
  await drafter.post(`${office}/departments/${other}/clauses`, { clause: 'p12' })
  await drafter.post(`${office}/departments/comments`, { department: other, comment: many.slice(0, 10) })
  const seen: string[] = []
  let next = `${office}/assignments?department=${found?.id}&state=open`
  for (let page = 0; page < 5 && next !== ''; page++) {
    const { body } = await stranger.get(next)
    seen.push(...[...body.matchAll(/>(第\d+条很多里的)</g)].map(([, text = '']) => text))
    next = (/rel="next" href="([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&')
  }
  expect(seen.toSorted()).toEqual(bodies.toSorted())
})

test('whoever is a department’s in another consultation alone sees nothing of this one', async () => {
  const person = await signIn(portal, { role: 'department', consultationId: 'another' })
  await drafter.post(`${office}/departments/${own}/staff`, { member: person.name })
  expect((await person.get(list())).statusCode).toBe(403)
  expect((await person.get(of(6))).statusCode).toBe(403)
})

test('words are taken out of what was confirmed, and what vouches for it knows', async () => {
  const moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation/retractions')
  const hidden = { cause: 'personal', words: '牵头单位', consultation: consultation.id }
  expect((await moderator.post('/moderation/retractions', hidden)).statusCode).toBe(303)
  const { body } = await clerk.get(of(0))
  expect(body).not.toContain('牵头单位')
  expect(body).toContain('拟写明▇▇')
  expect(await changedRows()).toEqual([])
})
