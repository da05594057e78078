import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../../public/decided.ts'
import { sendForm } from '../../public/forms.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let consultation: Consultation
let code: string
let id: string
const office = '/office/shanxi-laoqu'
const letter = '我是武乡的村民老李。\n建议写明贴息的期限。\n我们完全赞成第八条。'

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  code = await submitComment(portal, 'p7', letter)
  id = await decided(portal, letter, 'published')
  portal.clock.now = new Date('2026-12-24T02:00:00Z')
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterAll(() => portal.close())

const seen = async () => (await commentToSplit(portal.db, consultation.id, id)) ?? expect.unreachable()
const marking = async (path: string, fields: object) => {
  await drafter.get(`${office}/splits/${id}`)
  return drafter.post(`${office}/splits/${id}${path}`, { revision: (await seen()).split.revision, ...fields })
}
const object = async (point: string) => sendForm(portal.app, '/receipts/objection', { code, point })
const status = async () => (await sendForm(portal.app, '/receipts', { code })).body
const passage = async () =>
  (await seen()).split.arrangement.find(({ kind }) => kind === 'no_proposal') ?? expect.unreachable()

test('agreement is an opinion: no passage that holds it is said to ask for nothing', async () => {
  const refused = await marking('/passages', { sentence: '2', reason: 'courtesy' })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('赞成也是意见')
  expect((await marking('/passages', { sentence: '0', reason: 'sender' })).statusCode).toBe(303)
  for (const sentence of ['1', '2'])
    expect((await marking('/points', { sentence, clause: 'p7', stance: 'amend' })).statusCode).toBe(303)
  expect(await status()).toContain('这部分没有提出具体修改意见，已阅')
})

test('its author objects once, and the outcome waits for somebody’s decision', async () => {
  const point = (await passage()).id
  expect((await object(point)).statusCode).toBe(200)
  expect((await object(point)).statusCode).toBe(409)
  for (const page of ['/objections', `/splits/${id}`])
    expect((await drafter.get(office + page)).body, page).toContain('我是武乡的村民老李')
  for (const page of ['/obstacles', '/outcome'])
    expect((await drafter.get(office + page)).body, page).toContain('有 1 处认定没有具体意见，提出人不同意')
  for (const one of (await seen()).split.arrangement.filter(({ kind }) => kind === 'point')) {
    await drafter.get(`${office}/points`)
    const sent = await drafter.post(`${office}/responses`, {
      point: one.id,
      outcome: 'adopted',
      reason: '已写明。',
      summary: '归纳',
    })
    const at = String(sent.headers.location)
    await drafter.post(`${at}/submission`, {})
    await approver.get(at)
    expect((await approver.post(`${at}/approval`, {})).statusCode).toBe(303)
  }
  await approver.get(`${office}/outcome`)
  const refused = await approver.post(`${office}/outcome/editions`, {})
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('还没有决定')
})

test('another than who marked it decides that it stays, and the receipt says so', async () => {
  const point = (await passage()).id
  await drafter.get(`${office}/objections`)
  expect((await drafter.post(`${office}/objections/${point}`, {})).statusCode).toBe(403)
  await approver.get(`${office}/objections`)
  const decided = await Promise.all([1, 2].map(() => approver.post(`${office}/objections/${point}`, {})))
  expect(decided.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  expect((await approver.get(`${office}/objections`)).body).toContain('没有待决定的异议')
  expect(await status()).toContain('起草单位复核后维持原来的认定')
  expect((await object(point)).statusCode).toBe(409)
  await approver.get(`${office}/outcome`)
  expect((await approver.post(`${office}/outcome/editions`, {})).statusCode).toBe(303)
})

test('a point that does not fit its concern is listed until somebody has decided', async () => {
  const found = (await seen()).split.arrangement.find(({ kind }) => kind === 'point')
  await drafter.get(`${office}/points`)
  await drafter.post(`${office}/concerns`, { sentence: '写明期限', clause: 'p7', point: found?.id })
  expect((await object(found?.id ?? '')).statusCode).toBe(200)
  const { body } = await drafter.get(`${office}/objections`)
  expect(body).toContain('写明期限')
  expect((await drafter.post(`${office}/objections/${found?.id}`, {})).statusCode).toBe(303)
  expect((await drafter.get(`${office}/objections`)).body).toContain('没有待决定的异议')
})
