import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
let clerk: SignedIn
let next: SignedIn
let ids: string[]
let concern = ''
const of: Record<string, string> = {}
const office = '/office/shanxi-laoqu'
const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const said = (body: string, clause: string) => ({ ...amendment, clause, body })
  ids = await say(portal.db, consultation, [
    ...['修路。', '修桥。', '修渠。'].map((body) => said(body, 'p3')),
    said('通水。', 'p4'),
  ])
  drafter = await signIn(portal, 'drafter')
  clerk = await signIn(portal, 'department')
  next = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  for (const name of ['水利厅', '交通厅']) await drafter.post(`${office}/departments`, { name })
  for (const { id, name } of await departmentsOf(portal.db, consultation.id)) of[name] = id
  const at = `${office}/departments/${of.水利厅}`
  await drafter.post(`${at}/staff`, { member: clerk.name })
  await drafter.post(`${at}/staff/head`, { member: clerk.id, head: 'yes' })
  await drafter.post(`${office}/departments/${of.交通厅}/staff`, { member: next.name })
  await drafter.post(`${at}/clauses`, { clause: 'p4', due_on: '2026-12-20' })
  await drafter.post(`${office}/departments/comments`, { department: of.水利厅, comment: ids.slice(0, 2) })
  await drafter.post(`${office}/concerns`, { sentence: '建议修渠', clause: 'p3', comment: ids[2] })
  concern = (await concernsOf(portal.db, consultation.id))[0]?.id ?? ''
  await drafter.post(`${office}/departments/concerns`, { department: of.水利厅, concern })
})
afterAll(() => portal.close())

const thing = (department: string, kind: string, target: string | undefined) =>
  `${office}/assignments/${of[department]}/${kind}.${target}`
const page = async () => text((await drafter.get(`${office}/departments`)).body)

test('a department that confirmed something cannot be removed, and the page says what to do', async () => {
  const own = thing('水利厅', 'comment', ids[0])
  await clerk.get(own)
  const reply = { outcome: 'adopted', reason: '已经写明。', revision: '0' }
  expect((await clerk.post(`${own}/reply`, { ...reply, submit: 'yes' })).statusCode).toBe(303)
  const begun = thing('水利厅', 'comment', ids[1])
  await clerk.post(`${begun}/reply`, { ...reply, reason: '写了一半。' })
  const letter = { letter_number: '晋水函〔2026〕5号', letter_on: '2026-11-20' }
  expect((await clerk.post(`${own}/reply/confirmation`, letter)).statusCode).toBe(303)
  expect(await page()).toContain('删除交通厅')
  expect(await page()).not.toContain('删除水利厅')
  const refused = await drafter.post(`${office}/departments/${of.水利厅}/removal`, {})
  expect([refused.statusCode, refused.body.includes('在它名下“结束办理”')]).toEqual([409, true])
})

test('it ends: what it confirmed stays its own, all else is the next one’s at once, with what was begun', async () => {
  const at = `${office}/departments/${of.水利厅}/closing`
  await drafter.get(`${office}/departments`)
  expect((await drafter.post(at, { into: of.水利厅 })).statusCode).toBe(409)
  expect((await drafter.post(at, { into: of.交通厅 })).statusCode).toBe(303)
  expect(await page()).toMatch(/水利厅：2026-\S+ \S+ 结束办理/)
  expect(await page()).toContain('单独交办的意见 1 条')
  const theirs = text((await next.get(`${office}/assignments`)).body)
  for (const [, said] of Object.entries(['修桥。', '建议修渠', '通水。'])) expect(theirs).toContain(said)
  expect(theirs).not.toContain('修路。')
  expect(theirs).toContain('2026-12-20 前答复')
  expect((await next.get(thing('交通厅', 'comment', ids[1]))).body).toContain('写了一半。')
  expect((await clerk.get(`${office}/assignments`)).body).not.toContain('修路。')
  const answering = await drafter.post(`${office}/responses/new`, { comment: ids[0] })
  expect(text(answering.body)).toContain('水利厅')
  expect(answering.body).toContain('已经写明。')
})

test('nothing is given to it any more, until it answers again', async () => {
  const give = { department: of.水利厅, comment: ids[3] }
  await drafter.get(`${office}/points?clause=p4`)
  expect((await drafter.post(`${office}/departments/points`, give)).statusCode).toBe(404)
  const points = await drafter.get(`${office}/points?clause=p4`)
  expect(points.body).not.toContain(`<option value="${of.水利厅}">`)
  await drafter.get(`${office}/departments`)
  const again = `${office}/departments/${of.水利厅}/closing/removal`
  expect((await drafter.post(again, {})).statusCode).toBe(303)
  expect((await drafter.post(again, {})).statusCode).toBe(409)
  expect((await drafter.post(`${office}/departments/points`, give)).statusCode).toBe(303)
})

test('without a next one its clauses and what it was given are taken back', async () => {
  await drafter.get(`${office}/departments`)
  const at = `${office}/departments/${of.交通厅}/closing`
  expect((await drafter.post(at, { into: '' })).statusCode).toBe(303)
  expect((await drafter.post(at, { into: '' })).statusCode).toBe(409)
  expect(text((await drafter.get(`${office}/concerns/${concern}`)).body)).not.toContain('交通厅')
  expect(text((await drafter.get(`${office}/obstacles`)).body)).not.toContain('交通厅')
})
