import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'
const answer = { outcome: 'adopted', reason: '已写明。' }
const said = (clause: string, state: string): Said => ({ ...amendment, clause, state })

beforeEach(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  ids = await say(portal.db, consultation, [said('p7', 'published'), said('p8', 'withheld')])
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver', 'drafter')
  for (const person of [drafter, approver]) await person.get(`${office}/themes`)
})
afterEach(() => portal.close())

async function drafted(person: SignedIn, fields: object): Promise<string> {
  const response = await person.post(`${office}/responses`, { ...answer, ...fields })
  expect(response.statusCode, response.body).toBe(303)
  return String(response.headers.location)
}

test('only an approver approves or returns, and nobody what they submitted themselves', async () => {
  const own = await drafted(approver, { clause: 'p7' })
  await approver.post(`${own}/submission`, {})
  const self = await approver.post(`${own}/approval`, {})
  expect(self.statusCode).toBe(403)
  expect(self.body).toContain('不能批准自己送审的答复')
  const other = await signIn(portal, 'drafter')
  await other.get(own)
  expect((await other.post(`${own}/approval`, {})).statusCode).toBe(403)
  expect((await other.post(`${own}/return`, { note: '再改' })).statusCode).toBe(403)
  expect((await other.get(own)).body).toContain('等待另一位审批人员批准')
})

test('what somebody else has done meanwhile is said, and nothing is done twice', async () => {
  const address = await drafted(drafter, { clause: 'p7' })
  await drafter.post(`${address}/submission`, {})
  for (const act of ['submission', 'removal']) {
    const late = await drafter.post(`${address}/${act}`, {})
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('这份答复的状态刚刚变了')
  }
  expect((await drafter.post(address, { ...answer, reason: '另写。' })).statusCode).toBe(409)
  expect((await approver.post(`${address}/return`, { note: '请补充依据' })).statusCode).toBe(303)
  expect((await drafter.get(address)).body).toContain('请补充依据')
  expect((await drafter.post(`${address}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.get(address)).statusCode).toBe(404)
  const both = await Promise.all(
    [drafter, approver].map((person) => person.post(`${office}/responses`, { ...answer, clause: 'p7' })),
  )
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
})

test('an answer to what is not public keeps its 归纳 when it is reworded', async () => {
  const address = await drafted(drafter, { clause: 'p8', summary: '建议写明时限' })
  const bare = await drafter.post(address, { ...answer, summary: '' })
  expect(bare.statusCode).toBe(422)
  expect(bare.body).toContain('请写归纳')
})

test('a state that no answer has shows the drafts', async () => {
  await drafted(drafter, { clause: 'p7' })
  const { body } = await drafter.get(`${office}/responses?state=nothing`)
  expect(body).toContain('已写明。')
})

test('an empty note is refused, with what is to be done', async () => {
  const { statusCode, body } = await drafter.post(`${office}/clauses/p7/notes`, { note: ' ' })
  expect(statusCode).toBe(422)
  expect(body).toContain('请填写内部备注')
})

test('what is not there is not found, and never an error', async () => {
  await drafter.post(`${office}/departments`, { name: '省农业农村厅' })
  await drafter.post(`${office}/units`, { unit: '省财政厅', sent_on: '2026-11-02', reply: 'no_reply' })
  const [, department = ''] =
    /action="([^"]+)\/clauses"/.exec((await drafter.get(`${office}/departments`)).body) ?? []
  const [, unit = ''] =
    /href="([^"]+\/units\/[\w-]+)"/.exec((await drafter.get(`${office}/units`)).body) ?? []
  for (const [address, fields] of [
    [`${office}/themes/tagging`, { into: 'nobody', comment: ids }],
    [`${office}/themes/nobody/removal`, {}],
    [`${department}/staff/removal`, { member: 'nobody' }],
    [`${office}/departments/nobody/removal`, {}],
    [`${unit}/items/nobody/answer`, answer],
    [`${office}/units/nobody/items`, {}],
    [`${office}/templates/nobody/removal`, {}],
    [`${office}/responses/nobody/approval`, {}],
  ] as const) {
    expect((await drafter.post(address, fields)).statusCode, address).toBe(404)
  }
  for (const address of [
    'themes/%00',
    'units/%00',
    'responses/%00',
    'clauses/%00',
    'comments?theme=%00&words=%00',
  ])
    expect((await drafter.get(`${office}/${address}`)).statusCode, address).toBeLessThan(500)
  expect((await drafter.post(`${office}/units`, { unit: '' })).statusCode).toBe(422)
})

test('a rule is limited to a clause that there is, and what was ticked is an id', async () => {
  await drafter.post(`${office}/themes`, { name: '时限', clause: 'p99' })
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  expect(await themesOf(portal.db, consultation?.id ?? '')).toMatchObject([{ name: '时限', clause: null }])
  const strange = await drafter.post(`${office}/responses/new`, { comment: ['<script>', '', { a: 1 }] })
  expect(strange.body).toContain('还没有勾选意见')
})

test('of two approvers who publish at once one does, and the other is told', async () => {
  for (const fields of [{ clause: 'p7' }, { clause: 'p8', summary: '建议写明时限' }]) {
    const address = await drafted(drafter, fields)
    await drafter.post(`${address}/submission`, {})
    await approver.post(`${address}/approval`, {})
  }
  portal.clock.now = new Date('2026-12-24T02:00:00Z')
  const people = await Promise.all([signIn(portal, 'approver'), signIn(portal, 'approver')])
  for (const person of people) await person.get(`${office}/outcome`)
  const both = await Promise.all(people.map((person) => person.post(`${office}/outcome/editions`, {})))
  const [done, told] = both.toSorted((a, b) => a.statusCode - b.statusCode)
  expect(done?.statusCode).toBe(303)
  // Who comes so late that the first edition is out already is asked what theirs corrects.
  expect(told?.body).toMatch(/没有公布：情况刚刚变了|请填写更正说明/)
})

test('answers are listed a page at a time', async () => {
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const many = await say(
    portal.db,
    consultation,
    Array.from({ length: 101 }, () => said('p9', 'published')),
  )
  for (const comment of many) await drafted(drafter, { comment })
  const first = await drafter.get(`${office}/responses`)
  expect(first.body.match(/<th scope="row">/g)).toHaveLength(100)
  const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.body) ?? []
  const second = await drafter.get(next.replaceAll('&amp;', '&'))
  expect(second.body.match(/<th scope="row">/g)).toHaveLength(1)
  expect(second.body).not.toContain('rel="next"')
})
