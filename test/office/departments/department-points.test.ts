import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let clerk: SignedIn
let department = ''
let ids: string[]
const office = '/office/shanxi-laoqu'
const list = `${office}/points?clause=p3`
const giving = `${office}/departments/points`
const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const said = (body: string) => ({ ...amendment, clause: 'p3', body })
  ids = await say(portal.db, consultation, ['修路。', '请修桥。请修渠。', '归并的一条。'].map(said))
  drafter = await signIn(portal, 'drafter')
  clerk = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  await drafter.post(`${office}/departments`, { name: '水利厅' })
  department = (await departmentsOf(portal.db, consultation.id))[0]?.id ?? ''
  await drafter.post(`${office}/departments/${department}/staff`, { member: clerk.name })
  await drafter.get(`${office}/splits/${ids[1]}`)
  await drafter.post(`${office}/splits/${ids[1]}/points`, {
    sentence: '0',
    clause: 'p3',
    stance: 'amend',
    revision: '0',
  })
  await drafter.post(`${office}/splits/${ids[1]}/points`, {
    sentence: '1',
    clause: 'p3',
    stance: 'amend',
    revision: '1',
  })
  const gathered = { sentence: '建议写明', clause: 'p3', comment: ids[2] }
  expect((await drafter.post(`${office}/concerns`, gathered)).statusCode).toBe(303)
})
afterAll(() => portal.close())

async function pointsListed(): Promise<string[]> {
  const { body } = await drafter.get(`${list}&concern=any&answered=no`)
  return Array.from(body.matchAll(/name="point" value="([^"]+)"/g), ([, id = '']) => id)
}

test('points that are ticked are a department’s at once, which sees them and is named beside them', async () => {
  const points = await pointsListed()
  expect(points).toHaveLength(3)
  expect((await drafter.post(giving, { department })).statusCode).toBe(422)
  const refused = await drafter.post(giving, { department, clause: 'p3', point: points })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('勾选的具体意见里有 1 条已经归并')
  const loose = (await drafter.get(list)).body
  const parts = Array.from(loose.matchAll(/name="point" value="([^"]+)"/g), ([, id = '']) => id)
  expect(parts).toHaveLength(2)
  const wrong = await drafter.post(giving, { department, clause: 'p3', point: parts, working_days: '10' })
  expect([wrong.statusCode, wrong.body.includes('请填写函件日期')]).toEqual([422, true])
  const due = { sent_on: '2026-11-23', working_days: '10' }
  const given = await drafter.post(giving, {
    department,
    clause: 'p3',
    point: parts,
    comment: ids[0],
    ...due,
  })
  expect(given.statusCode).toBe(303)
  const theirList = text((await drafter.get(String(given.headers.location))).body)
  expect(theirList).toContain('具体意见 3 条')
  expect(text((await drafter.get(list)).body).match(/交水利厅答复，2026-12-07 前/g)).toHaveLength(3)
  expect(text((await drafter.get(`${office}/departments`)).body)).toContain(
    '单独交办的具体意见 2 条，未答复 2 条',
  )
  const theirs = (await clerk.get(`${office}/assignments`)).body
  for (const said of ['修路。', '请修桥。', '请修渠。']) expect(theirs).toContain(said)
  expect(theirs).not.toContain('归并的一条')
  expect(text(theirs).match(/2026-12-07 前答复/g)).toHaveLength(3)
})

test('taken back they are their clauses’ again, and another consultation’s department gets nothing', async () => {
  await drafter.get(list)
  const stranger = { department: 'nobody', clause: 'p3', comment: ids[0] }
  expect((await drafter.post(giving, stranger)).statusCode).toBe(409)
  await drafter.post(giving, { department: '', clause: 'p3', comment: ids[0] })
  const { body } = await clerk.get(`${office}/assignments`)
  expect(body).not.toContain('修路。')
  expect(body).toContain('请修桥。')
})

test('whoever has the letter open is told before they part it anew', async () => {
  const page = (await drafter.get(`${office}/splits/${ids[1]}`)).body
  const [, revision = ''] = /name="revision" value="(\d+)"/.exec(page) ?? []
  const parts = Array.from(
    (await drafter.get(list)).body.matchAll(/name="point" value="([^"]+)"/g),
    ([, id]) => id,
  )
  await drafter.post(giving, { department: '', clause: 'p3', point: parts })
  const late = await drafter.post(`${office}/splits/${ids[1]}/points`, {
    sentence: '0',
    clause: 'p4',
    stance: 'amend',
    revision,
  })
  expect(late.statusCode).toBe(409)
})
