import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let clerk: SignedIn
let department = ''
let gathered: string[]
const office = '/office/shanxi-laoqu'
const giving = `${office}/departments/concerns`
const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const said = ['修路。', '修桥。', '修渠。'].map((body) => ({ ...amendment, clause: 'p3', body }))
  const ids = await say(portal.db, consultation, said)
  drafter = await signIn(portal, 'drafter')
  clerk = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  await drafter.post(`${office}/departments`, { name: '水利厅' })
  department = (await departmentsOf(portal.db, consultation.id))[0]?.id ?? ''
  await drafter.post(`${office}/departments/${department}/staff`, { member: clerk.name })
  for (const [place, comment] of ids.entries())
    await drafter.post(`${office}/concerns`, { sentence: `第${place}句`, clause: 'p3', comment })
  gathered = (await concernsOf(portal.db, consultation.id)).map(({ id }) => id)
})
afterAll(() => portal.close())

const concern = async (place: number) =>
  text((await drafter.get(`${office}/concerns/${gathered[place]}`)).body)

test('concerns that are ticked are a department’s at once, until a day counted in working days', async () => {
  await drafter.get(`${office}/concerns`)
  expect((await drafter.post(giving, { department })).body).toContain('还没有勾选')
  const both = { department, concern: gathered.slice(0, 2) }
  const wrong = await drafter.post(giving, { ...both, due_on: '明天' })
  expect([wrong.statusCode, wrong.body.includes('请按 2026-12-31 的样子填写期限')]).toEqual([422, true])
  const given = await drafter.post(giving, { ...both, sent_on: '2026-11-23', working_days: '15' })
  expect(given.statusCode).toBe(303)
  const theirs = text((await drafter.get(String(given.headers.location))).body)
  expect(theirs.match(/水利厅，2026-12-14 前/g)).toHaveLength(2)
  expect(theirs).toContain('共 2 条归并意见')
  const own = text((await clerk.get(`${office}/assignments`)).body)
  expect(own.match(/2026-12-14 前答复/g)).toHaveLength(2)
  expect(text((await drafter.get(`${office}/departments`)).body)).toContain(
    '单独交办的归并意见 2 条，未答复 2 条',
  )
})

test('whoever has one of them open is told before they save it', async () => {
  const late = { sentence: '晚到的一句', clause: 'p3', revision: '1' }
  expect((await drafter.post(`${office}/concerns/${gathered[0]}`, late)).statusCode).toBe(409)
  expect(await concern(0)).not.toContain('晚到的一句')
})

test('its day stays with the department: other words keep it, another department has none', async () => {
  const worded = { sentence: '改过的一句', clause: 'p3', department, revision: '2' }
  expect((await drafter.post(`${office}/concerns/${gathered[0]}`, worded)).statusCode).toBe(303)
  expect(await concern(0)).toContain('水利厅，2026-12-14 前答复')
  await drafter.post(`${office}/concerns/${gathered[0]}`, { ...worded, department: '', revision: '3' })
  expect(await concern(0)).not.toContain('2026-12-14')
})

test('taken back they are their clauses’ again; a department that is not there gets nothing', async () => {
  await drafter.get(`${office}/concerns`)
  expect((await drafter.post(giving, { department: 'nobody', concern: gathered[1] })).statusCode).toBe(409)
  expect(await concern(1)).toContain('2026-12-14')
  await drafter.post(giving, { department: '', concern: gathered[1] })
  expect(await concern(1)).not.toContain('2026-12-14')
  expect((await clerk.get(`${office}/assignments`)).body).not.toContain('第1句')
})
