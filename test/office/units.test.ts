import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'

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
  const letter = { unit: '省财政厅', sent_on: '2026-11-02', due_on: '2026-11-20', reply: 'no_reply' }
  expect((await drafter.post(`${office}/units`, { ...letter, sent_on: '' })).body).toContain('请填写发函日期')
  expect((await drafter.post(`${office}/units`, letter)).statusCode).toBe(303)
  expect((await drafter.post(`${office}/units`, letter)).body).toContain('2026-11-02 已经给省财政厅发过函')
  const page = await drafter.get(`${office}/units`)
  expect(page.body).toContain('已逾期')
  const [, id = ''] = /\?unit=([^"#]+)/.exec(page.body) ?? []
  const reply = { reply: 'opinion', replied_on: '2026-11-18', unit_position: '由市县承担', unresolved: 'yes' }
  const refused = await drafter.post(`${office}/units/${id}`, reply)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('请填写我方意见')
  expect(refused.body).toContain('由市县承担')
  expect(
    (await drafter.post(`${office}/units/${id}`, { ...reply, office_position: '省级补助' })).statusCode,
  ).toBe(303)
  expect((await drafter.get(`${office}/units`)).body).toContain('未协调一致')
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
