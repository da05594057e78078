import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('a unit is asked in writing, replies, and a disagreement needs both positions', async () => {
  await drafter.get(`${office}/units`)
  const letter = {
    unit: '省财政厅',
    sent_on: '2026-11-02',
    due_on: '2026-11-20',
    letter_number: '晋发改函〔2026〕1号',
    reply: 'no_reply',
  }
  expect((await drafter.post(`${office}/units`, { ...letter, sent_on: '' })).body).toContain('请填写发函日期')
  expect((await drafter.post(`${office}/units`, letter)).statusCode).toBe(303)
  expect((await drafter.post(`${office}/units`, letter)).body).toContain('2026-11-02 已经给省财政厅发过函')
  const page = await drafter.get(`${office}/units`)
  expect(page.body).toContain('已逾期')
  const [, address = ''] = /href="([^"]+\/units\/[\w-]+)"/.exec(page.body) ?? []
  const reply = {
    ...{ reply: 'opinion', replied_on: '2026-11-18', unit_position: '由市县承担', unresolved: 'yes' },
    revision: '1',
  }
  const refused = await drafter.post(address, reply)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('请填写我方意见')
  expect(refused.body).toContain('由市县承担')
  expect((await drafter.post(address, { ...reply, office_position: '省级补助' })).statusCode).toBe(303)
  const after = await drafter.get(`${office}/units`)
  expect(after.body).toContain('未协调一致')
  expect(after.body).toContain('未协调一致 1 家')
  // What the letter says is not part of the reply's form, and stays.
  for (const said of ['晋发改函〔2026〕1号', '2026-11-20']) expect(after.body).toContain(said)

  const empty = await drafter.post(`${address}/items`, { clause: 'p99', body: '' })
  for (const said of ['请选择条款', '请填写意见内容']) expect(empty.body).toContain(said)
  expect(
    (await drafter.post(`${address}/items`, { clause: 'p7', body: '建议明确资金来源。' })).statusCode,
  ).toBe(303)
  await drafter.post(`${address}/items`, { clause: 'p3', body: '建议删去本句。' })
  const both = await drafter.get(address)
  expect(both.body.indexOf('建议删去本句。')).toBeLessThan(both.body.indexOf('建议明确资金来源。'))
  const [, item = ''] = /action="([^"]+)\/answer"/.exec(both.body) ?? []
  const wrong = await drafter.post(`${item}/answer`, { reason: '已经删去。' })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('已经删去。</textarea>')
  const [, place = 'none'] = /href="#(outcome-[^"]+)">请选择采纳情况/.exec(wrong.body) ?? []
  expect(wrong.body).toContain(`id="${place}"`)
  expect(
    (await drafter.post(`${item}/answer`, { outcome: 'adopted', reason: '已经删去。' })).statusCode,
  ).toBe(303)
  expect((await drafter.get(`${office}/clauses/p3`)).body).toContain('采纳：已经删去。')
  expect((await drafter.get(`${office}/units`)).body).toContain('1 / 2')
  expect((await drafter.post(`${item}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${item}/removal`, {})).statusCode).toBe(404)
  const auditor = await signIn(portal, 'auditor')
  expect((await auditor.get(address)).body).not.toContain('登记一条意见')
  expect((await drafter.post(`${address}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.get(address)).statusCode).toBe(404)
})

test('the steps of the procedure stand in the order of their days', async () => {
  await drafter.get(`${office}/procedure`)
  const review = { step: '合法性审查', held_on: '2026-12-28', document_number: '晋司审〔2026〕3号' }
  expect((await drafter.post(`${office}/procedure`, { ...review, held_on: '2026-02-30' })).statusCode).toBe(
    422,
  )
  expect((await drafter.post(`${office}/procedure`, review)).statusCode).toBe(303)
  await drafter.post(`${office}/procedure`, { step: '公众参与', held_on: '2026-11-23' })
  const { body } = await drafter.get(`${office}/procedure`)
  expect(body.indexOf('2026-11-23')).toBeLessThan(body.indexOf('晋司审〔2026〕3号'))
})
