import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import { consultations, revisedWordings } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import {
  base,
  makeReady,
  type PutUp,
  publish,
  putUp,
  send,
  slug,
} from '../../office/consultations/conducting.ts'
import { decided } from '../decided.ts'
import { sendForm } from '../forms.ts'

let portal: TestPortal
let people: PutUp
let consultation: Consultation
let concern: string
let published: string
let hidden: string
let codes: string[]
const clause = `${base}/clauses/p3`
const old = '建设服务设施。每个社区至少建设一处养老服务站。服务站应当设在一层或者有电梯的楼层。'
const site = `/consultations/${slug}`
const said = { published: '一处服务站太少了，请增加。', withheld: '不愿公开的人也说太少。' }

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
  await publish(people)
  codes = []
  for (const [key, body] of Object.entries(said)) {
    const sent = await portal.app.inject({
      method: 'POST',
      url: `${site}/submissions`,
      headers: { 'idempotency-key': key },
      payload: { comments: [{ clause: 'p3', stance: 'amend', body }] },
    })
    codes.push(sent.json().receipt.code)
  }
  published = await decided(portal, said.published, 'published')
  hidden = await decided(portal, said.withheld, 'withheld')
  consultation = (await findConsultation(portal.db, slug)) ?? expect.unreachable()
  concern = await makeConcern(
    portal.db,
    consultation.id,
    { sentence: '增加社区养老服务站的数量', clause: 'p3', themeId: null, departmentId: null },
    { pointIds: [], comments: [published, hidden] },
    { staffId: people.drafter.id, now: portal.clock.now },
  )
  await people.drafter.get(clause)
  const text = old.replace('一处', '两处以上')
  await people.drafter.post(`${clause}/wording`, { text, reason: '写明', concern })
})
afterEach(() => portal.close())

const get = (address: string) => portal.app.inject(address)

/** The wording is approved and goes out as the next round. */
async function goOut(): Promise<void> {
  await people.approver.post(`${clause}/wording/approval`, {})
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  expect((await publish(people)).statusCode).toBe(303)
}

test('from a changed sentence to its concern and on to the published comments, and back, in two clicks', async () => {
  const page = `${site}/concerns/${concern}`
  expect((await get(page)).statusCode).toBe(404)
  expect((await get(`${site}/comments/${published}`)).body).not.toContain('增加社区养老服务站的数量')
  await goOut()
  const comparison = `${site}/rounds/1/compare/2`
  const compared = (await get(comparison)).body
  expect(compared).toContain('<q lang="zh-CN">每个社区至少建设两处以上养老服务站。</q>')
  expect(compared).toContain(`href="${page}"`)
  const summed = (await get(page)).body
  expect(summed).toContain('增加社区养老服务站的数量')
  expect(summed).toContain(`href="${site}/comments/${published}"`)
  expect(summed).toContain(said.published)
  expect(summed).not.toContain(hidden)
  expect(summed).not.toContain(said.withheld)
  expect(summed).toContain(`href="${comparison}#p3"`)
  const comment = (await get(`${site}/comments/${published}`)).body
  expect(comment).toContain(`href="${page}"`)
  expect(comment).toContain(`href="${comparison}#p3"`)
})

test('where comments are not shown one by one nothing is told of a concern before the outcome', async () => {
  await goOut()
  await portal.db.query.update(consultations).set({ publicationPolicy: 'outcome_only', revision: 99 })
  expect((await get(`${site}/concerns/${concern}`)).statusCode).toBe(404)
  expect((await get(`${site}/rounds/1/compare/2`)).body).not.toContain('增加社区养老服务站的数量')
  await portal.db.query.update(consultations).set({ outcomeAt: portal.clock.now, revision: 100 })
  const { statusCode, body } = await get(`${site}/concerns/${concern}`)
  expect(statusCode).toBe(200)
  expect(body).toContain('归在其中的意见都不逐条公开')
  expect(body).not.toContain(said.published)
})

test('a concern of another consultation, one that is not there and one of which nothing is out are not found', async () => {
  for (const id of [concern, crypto.randomUUID(), 'x', '%00'])
    expect((await get(`${site}/concerns/${id}`)).statusCode, id).toBe(404)
})

test('the office follows a changed sentence to its concern and its letters, and a concern back to the clause', async () => {
  const page = (await people.drafter.get(clause)).body
  const wordings = page.slice(page.indexOf('id="wordings"'), page.indexOf('id="proposals"'))
  expect(wordings).toContain(`href="${base}/concerns/${concern}"`)
  const gathered = (await people.drafter.get(`${base}/concerns/${concern}`)).body
  expect(gathered).toContain(`href="${clause}#wordings"`)
  expect(gathered).toContain(`${base}/splits/${published}`)
})

test('the receipt says at each point where it changed the draft, once that is approved and out, also of what is not public', async () => {
  const receipts = () => Promise.all(codes.map((code) => sendForm(portal.app, '/receipts', { code })))
  const told = async () =>
    (await receipts()).map(({ body }) => body.match(/您的意见改动了此处/g)?.length ?? 0)
  await people.approver.post(`${clause}/wording/approval`, {})
  expect(await told()).toEqual([0, 0])
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  expect((await publish(people)).statusCode).toBe(303)
  expect(await told()).toEqual([1, 1])
  for (const { body } of await receipts()) expect(body).toContain(`${site}/rounds/1/compare/2#p3`)
  await portal.db.query.update(revisedWordings).set({ isApproved: false })
  expect(await told()).toEqual([0, 0])
})
