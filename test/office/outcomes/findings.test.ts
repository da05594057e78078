import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { findPaper } from '../../../server/documents/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { wordTables } from '../../documents/papers/read-back.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
const findings = '/office/shanxi-laoqu/findings'
const said = { review: '合法性审查', finding: '第三条缺少上位法依据。', handling: '' }

beforeAll(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  await drafter.get(findings)
})
afterAll(() => portal.close())

async function paper() {
  const { db, deps, clock } = portal
  const consultation = (await findConsultation(db, 'shanxi-laoqu')) ?? expect.unreachable()
  const made = await findPaper('findings', 'docx', 'internal')?.make({
    ...{ db, seals: deps.seals, consultation, scope: 'internal', filters: everything, header: 'zh' },
    ...{ places: new Map(), now: clock.now, origin: '', dataDir: '', read: () => {}, marked: () => {} },
  })
  return (await wordTables(await buffer(made ?? expect.unreachable())))[0]
}

test('what a review finds is entered, handled later, and stands in a paper of its own', async () => {
  expect((await drafter.get(findings)).body).toContain('还没有登记')
  expect((await drafter.post(findings, said)).statusCode).toBe(303)
  expect(await paper()).toEqual([['1', said.review, said.finding, '还没有处理']])
  const [, id = ''] = /\?finding=([\w-]+)#form/.exec((await drafter.get(findings)).body) ?? []
  expect((await drafter.get(`${findings}?finding=${id}`)).body).toContain(`>${said.finding}</textarea>`)
  const handled = { ...said, handling: '已补充依据。', revision: '1' }
  expect((await drafter.post(`${findings}/${id}`, handled)).statusCode).toBe(303)
  expect(await paper()).toEqual([['1', said.review, said.finding, '已补充依据。']])
  expect((await drafter.post(`${findings}/${id}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${findings}/${id}/removal`, {})).statusCode).toBe(404)
  expect(await paper()).toEqual([])
})

test.each([
  [{ ...said, review: '别的审查' }, '请选择是哪一项审查'],
  [{ ...said, finding: '', handling: '已经处理了' }, '请填写审查意见'],
])('%s is not taken, and nothing typed is lost', async (typed, message) => {
  const { statusCode, body } = await drafter.post(findings, typed)
  expect([statusCode, body.includes(message), body.includes(typed.handling || typed.finding)]).toEqual([
    422,
    true,
    true,
  ])
})

test('who only reads is shown no form', async () => {
  await drafter.post(findings, said)
  const auditor = await signIn(portal, 'auditor')
  const { body } = await auditor.get(findings)
  expect(body).toContain(said.finding)
  expect(body).not.toContain('登记一条意见')
  expect((await auditor.post(findings, said)).statusCode).toBe(403)
})
