import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { cosignatures, departmentReplies, log } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
/** One of each department. */
let farming: SignedIn
let tourism: SignedIn
let concern = ''
const ids: Record<string, string> = {}
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const said = ['贴息写明期限甲', '贴息写明期限乙'].map((body) => ({ ...amendment, clause: 'p3', body }))
  const comment = await say(portal.db, consultation, said)
  drafter = await signIn(portal, 'drafter')
  farming = await signIn(portal, 'department')
  tourism = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  for (const name of ['农业农村厅', '文化和旅游厅']) await drafter.post(`${office}/departments`, { name })
  for (const { id, name } of await departmentsOf(portal.db, consultation.id)) ids[name] = id
  await drafter.post(`${office}/departments/${ids.农业农村厅}/staff`, { member: farming.name })
  await drafter.post(`${office}/departments/${ids.文化和旅游厅}/staff`, { member: tourism.name })
  await drafter.post(`${office}/concerns`, { clause: 'p3', sentence: '建议写明贴息期限', comment })
  const [made] = await concernsOf(portal.db, consultation.id)
  const facts = { clause: 'p3', sentence: '建议写明贴息期限', revision: 1 }
  await drafter.post(`${office}/concerns/${made?.id}`, { ...facts, department: ids.农业农村厅 })
  concern = made?.id ?? ''
})
afterAll(() => portal.close())

const of = (department: string) => `${office}/assignments/${ids[department]}/concern.${concern}`
const page = () => drafter.get(`${office}/concerns/${concern}`)

test('a concern is its department’s to answer, with what its points say', async () => {
  const { body } = await farming.get(`${office}/assignments`)
  expect(body).toContain('建议写明贴息期限')
  expect(body).not.toContain('贴息写明期限甲')
  expect((await farming.get(of('农业农村厅'))).body).toContain('贴息写明期限甲')
  expect((await tourism.get(`${office}/assignments`)).body).not.toContain('建议写明贴息期限')
  expect((await tourism.get(of('文化和旅游厅'))).statusCode).toBe(404)
})

test('departments that are asked sign with one press; who differs says why', async () => {
  const none = await drafter.post(`${office}/concerns/${concern}/cosignatures`, {})
  expect([none.statusCode, none.body.includes('还没有勾选会签单位')]).toEqual([422, true])
  const asked = { department: [ids.农业农村厅, ids.文化和旅游厅] }
  expect((await drafter.post(`${office}/concerns/${concern}/cosignatures`, asked)).statusCode).toBe(303)
  expect((await page()).body).toContain('还没有会签')
  expect((await tourism.get(`${office}/assignments`)).body).toContain('请本单位会签')

  const bare = await tourism.post(`${of('文化和旅游厅')}/position`, { position: 'differ' })
  expect([bare.statusCode, bare.body.includes('请写明不同意见')]).toEqual([422, true])
  const differs = { position: 'differ', note: '期限应由财政部门定' }
  expect((await tourism.post(`${of('文化和旅游厅')}/position`, differs)).statusCode).toBe(303)
  expect((await farming.post(`${of('农业农村厅')}/position`, { position: 'agree' })).statusCode).toBe(303)
  expect((await tourism.get(`${office}/assignments`)).body).not.toContain('请本单位会签')
  const { body } = await page()
  expect(body).toContain('未协调一致')
  expect(body).toContain('文化和旅游厅意见：期限应由财政部门定')
})

test('who was asked to sign alone does not answer', async () => {
  const answer = { outcome: 'adopted', reason: '越权', revision: 0 }
  for (const act of ['reply', 'reply/return', 'hand-back', 'extension']) {
    const more = { unit: '财政厅', why: '不归我', until: '2027-01-01', because: '忙', send_back: '改' }
    const { statusCode } = await tourism.post(`${of('文化和旅游厅')}/${act}`, { ...answer, ...more })
    expect(statusCode, act).toBe(404)
  }
  expect(await portal.db.query.select().from(departmentReplies)).toEqual([])
})

test('a difference stands with both positions until it is settled, in the answer’s form too', async () => {
  const at = `${office}/concerns/${concern}/cosignatures/difference`
  const said = { department: ids.文化和旅游厅, office_position: '期限拟由本办法规定' }
  expect((await drafter.post(at, { ...said, office_position: '' })).statusCode).toBe(422)
  expect((await drafter.post(at, { ...said, department: ids.农业农村厅 })).statusCode).toBe(409)
  expect((await drafter.post(at, said)).statusCode).toBe(303)
  const form = await drafter.get(`${office}/responses/new?concern=${concern}`)
  for (const text of ['未协调一致', '期限应由财政部门定', '起草单位意见：期限拟由本办法规定'])
    expect(form.body).toContain(text)
  const late = await tourism.post(`${of('文化和旅游厅')}/position`, { position: 'none' })
  expect(late.statusCode).toBe(409)
  expect((await drafter.post(at, { ...said, resolved: 'yes' })).statusCode).toBe(303)
  const settled = (await page()).body
  expect(settled).toContain('已协调一致')
  expect(settled).not.toContain('未协调一致')
  const acts = await portal.db.query.select().from(log).where(eq(log.subject, concern))
  expect(acts.map(({ act }) => act)).toEqual(
    expect.arrayContaining(['cosignature.ask', 'cosignature.sign', 'cosignature.answer']),
  )
})

test('words that are hidden at once are found in what departments wrote', async () => {
  await farming.post(`${of('农业农村厅')}/reply`, {
    outcome: 'adopted',
    reason: '欧阳莫须有说得对',
    revision: 0,
  })
  await farming.post(`${of('农业农村厅')}/extension`, { until: '2027-01-01', because: '须问欧阳莫须有' })
  await portal.db.query.update(cosignatures).set({ note: '欧阳莫须有反对' })
  const moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation/retractions')
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  const hidden = { cause: 'personal', words: '欧阳莫须有', consultation: consultation?.id }
  const { statusCode, body } = await moderator.post('/moderation/retractions', hidden)
  expect(statusCode, body).toBe(303)
  const { body: left } = await farming.get(of('农业农村厅'))
  expect(left).not.toContain('欧阳莫须有')
  expect(left).toContain('▇')
  expect((await page()).body).not.toContain('欧阳莫须有')
})
