import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let consultationId: string
let ids: string[]
const office = '/office/shanxi-laoqu'
const sentence = '建议写明贴息的期限'

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  consultationId = consultation.id
  ids = await say(portal.db, consultation, [
    { ...amendment, body: '贴息的期限请写清楚。' },
    { ...amendment, body: '贴息到底几年？', stance: 'question' },
    { ...amendment, body: '建议写明贴息的期限和标准。' },
    { ...amendment, body: '长'.repeat(300) },
  ])
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterAll(() => portal.close())

const concernNow = async () => (await concernsOf(portal.db, consultationId))[0] ?? expect.unreachable()

test('points of a clause are gathered into one sentence, and what says something alike is shown beside it', async () => {
  const list = await drafter.get(`${office}/points?clause=p7`)
  expect(list.body).toContain('贴息到底几年？')
  const made = await drafter.post(`${office}/concerns`, { sentence, clause: 'p7', comment: ids.slice(0, 2) })
  expect(made.statusCode).toBe(303)
  const page = await drafter.get(made.headers.location ?? '')
  expect(page.body).toContain('具体意见 <strong>2</strong> 条')
  expect(page.body).toContain('建议写明贴息的期限和标准。')
  expect((await drafter.get(`${office}/points?clause=p7`)).body).not.toContain('贴息到底几年？')
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('a concern is answered once for all its points, and what joins it later comes under the draft', async () => {
  const { id } = await concernNow()
  const form = await drafter.get(`${office}/responses/new?concern=${id}`)
  expect(form.body).toContain('将用于 <strong>2</strong> 条具体意见')
  expect(form.body).toContain('贴息到底几年？')
  const answer = { concern: id, outcome: 'adopted', reason: '已写明贴息三年。', summary: sentence }
  const response = (await drafter.post(`${office}/responses`, answer)).headers.location ?? ''
  await drafter.get(`${office}/concerns/${id}`)
  expect((await drafter.post(`${office}/concerns/${id}/points`, { comment: [ids[2]] })).statusCode).toBe(303)
  await drafter.get(response)
  await drafter.post(`${response}/submission`, {})
  await approver.get(response)
  expect((await approver.post(`${response}/approval`, {})).statusCode).toBe(303)
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    { clause: 'p7', outcome: 'adopted', count: 3 },
  ])
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('an approved answer is not given to more than its approver has read', async () => {
  const { id } = await concernNow()
  await drafter.get(`${office}/concerns/${id}`)
  await drafter.post(`${office}/concerns/${id}/points`, { comment: [ids[3]] })
  expect(await concernNow()).toMatchObject({ count: 4 })
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    { clause: 'p7', outcome: 'adopted', count: 3 },
  ])
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('two who word a concern at once: the second is told, and the first stays', async () => {
  const { id } = await concernNow()
  const worded = { clause: 'p7', revision: 1, sentence: '第一个人的话' }
  await drafter.get(`${office}/concerns/${id}`)
  expect((await drafter.post(`${office}/concerns/${id}`, worded)).statusCode).toBe(303)
  const second = await drafter.post(`${office}/concerns/${id}`, { ...worded, sentence: '第二个人的话' })
  expect(second.statusCode).toBe(409)
  expect(await concernNow()).toMatchObject({ sentence: '第一个人的话' })
})

test('concerns merge, and nothing ticked is told', async () => {
  const { id } = await concernNow()
  const [other = ''] = await say(portal.db, { id: consultationId } as never, [
    { ...amendment, body: '另一件事。' },
  ])
  await drafter.get(`${office}/points?clause=p7`)
  const made = await drafter.post(`${office}/concerns`, {
    sentence: '另一件',
    clause: 'p7',
    comment: [other],
  })
  const from = made.headers.location ?? ''
  await drafter.get(from)
  expect((await drafter.post(`${from}/merger`, { into: id })).statusCode).toBe(303)
  expect(await concernsOf(portal.db, consultationId)).toHaveLength(1)
  expect(await concernNow()).toMatchObject({ count: 5 })
  expect((await drafter.post(`${office}/concerns/${id}/points`, {})).statusCode).toBe(422)
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('a theme or a department that is not there, and a revision that is none, are told and never a fault', async () => {
  const { id } = await concernNow()
  await drafter.get(`${office}/concerns/${id}`)
  const worded = { sentence: '一句话', clause: 'p7', revision: 2 }
  for (const forged of [{ theme: 'no-theme' }, { department: 'no-department' }]) {
    const sent = await drafter.post(`${office}/concerns/${id}`, { ...worded, ...forged })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain('已经不在了，请重新选择')
  }
  expect((await drafter.post(`${office}/concerns/${id}`, { ...worded, revision: 'x' })).statusCode).toBe(409)
  const made = await drafter.post(`${office}/concerns`, { ...worded, theme: 'no-theme', comment: ids[0] })
  expect(made.statusCode).toBe(422)
})
