import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { points } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
let clerk: SignedIn
let own = ''
let things: string[]
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  const said = ['单独的一条', '要归并的一条', '成为具体意见的一条'].map((body) => ({
    ...amendment,
    clause: 'p3',
    body,
  }))
  const [alone, gathered, parted] = await say(portal.db, consultation, said)
  drafter = await signIn(portal, 'drafter')
  clerk = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  await drafter.post(`${office}/departments`, { name: '农业农村厅' })
  own = (await departmentsOf(portal.db, consultation.id))[0]?.id ?? ''
  await drafter.post(`${office}/departments/${own}/clauses`, { clause: 'p3', due_on: '2026-11-30' })
  await drafter.post(`${office}/departments/${own}/staff`, { member: clerk.name })
  await drafter.post(`${office}/concerns`, {
    clause: 'p3',
    sentence: '归并的一句',
    comment: [gathered, parted],
  })
  const [concern] = await concernsOf(portal.db, consultation.id)
  const [, point] = await portal.db.query.select().from(points).orderBy(points.commentId)
  await drafter.post(`${office}/concerns/${concern?.id}/points/removal`, { point: point?.id })
  things = [`comment.${alone}`, `concern.${concern?.id}`, `point.${point?.id}`]
})
afterAll(() => portal.close())

const of = (thing: string) => `${office}/assignments/${own}/${thing}`
const list = async () => (await clerk.get(`${office}/assignments`)).body
const decide = async (decision: string) => {
  const { body } = await drafter.get(`${office}/departments`)
  const at = /action="([^"]+\/requests\/[^"]+)"/.exec(body)?.[1] ?? ''
  return { at, body, response: await drafter.post(at, { decision }) }
}

test.each([0, 1, 2])(
  'thing %i is given back with the unit that should answer, and moves when that is granted',
  async (n) => {
    const thing = things[n] ?? ''
    expect(await list()).toContain(thing)
    const bare = await clerk.post(`${of(thing)}/hand-back`, { unit: '省财政厅' })
    expect([bare.statusCode, bare.body.includes('请填写退回理由'), bare.body.includes('省财政厅')]).toEqual([
      422,
      true,
      true,
    ])
    const asked = { unit: '省财政厅', why: '贴息由财政部门负责' }
    expect((await clerk.post(`${of(thing)}/hand-back`, asked)).statusCode).toBe(303)
    expect((await clerk.post(`${of(thing)}/hand-back`, asked)).statusCode).toBe(409)
    expect((await clerk.get(of(thing))).body).toContain('待起草单位决定')
    const { body, at, response } = await decide('granted')
    expect(body).toContain('建议由省财政厅答复')
    expect(body).toContain('贴息由财政部门负责')
    expect(response.statusCode).toBe(303)
    expect((await drafter.post(at, { decision: 'refused' })).statusCode).toBe(404)
    expect(await list()).not.toContain(thing)
    expect((await clerk.get(of(thing))).statusCode).toBe(404)
    const other = (await departmentsOf(portal.db, consultation.id)).find(({ name }) => name === '省财政厅')
    const theirs = await signIn(portal, 'department')
    await drafter.post(`${office}/departments/${other?.id}/staff`, { member: theirs.name })
    expect((await theirs.get(`${office}/assignments`)).body).toContain(thing)
    await theirs.post(`${office}/assignments/${other?.id}/${thing}/hand-back`, {
      unit: '农业农村厅',
      why: '退还',
    })
    await decide('granted')
    expect(await list()).toContain(thing)
  },
)

test('what is refused stays where it is', async () => {
  const thing = things[0] ?? ''
  await clerk.post(`${of(thing)}/hand-back`, { unit: '省财政厅', why: '不归我' })
  expect((await decide('refused')).response.statusCode).toBe(303)
  expect((await clerk.get(of(thing))).body).toContain('未同意')
})

test('more time is asked for with a day and a reason, and counts once it is granted', async () => {
  const thing = things[1] ?? ''
  const past = await clerk.post(`${of(thing)}/extension`, { until: '2020-01-01', because: '忙' })
  expect([past.statusCode, past.body.includes('延至的日期已经过去')]).toEqual([422, true])
  expect((await clerk.get(of(thing))).body).toContain('2026-11-30 前答复')
  const asked = { until: '2026-12-20', because: '还在会商' }
  expect((await clerk.post(`${of(thing)}/extension`, asked)).statusCode).toBe(303)
  expect((await clerk.get(of(thing))).body).toContain('2026-11-30 前答复')
  const { response, body } = await decide('granted')
  expect([response.statusCode, body.includes('延至 2026-12-20')]).toEqual([303, true])
  expect((await clerk.get(of(thing))).body).toContain('2026-12-20 前答复')
})
