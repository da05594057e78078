import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let department: SignedIn
let ids: string[]
/** The address of 省农业农村厅. */
let address = ''
const office = '/office/shanxi-laoqu'
const said = (clause: string, body: string): Said => ({ ...amendment, clause, body })

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  ids = await say(portal.db, consultation, [
    said('p3', '农业的'),
    said('p3', '其实是文旅的'),
    said('p9', '就业的'),
  ])
  drafter = await signIn(portal, 'drafter')
  department = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  expect((await drafter.post(`${office}/departments`, { name: '省农业农村厅' })).statusCode).toBe(303)
  const twice = await drafter.post(`${office}/departments`, { name: '省农业农村厅' })
  expect(twice.statusCode).toBe(422)
  expect(twice.body).toContain('已经有“省农业农村厅”')
  address = /action="([^"]+)\/clauses"/.exec(twice.body)?.[1] ?? ''
})
afterAll(() => portal.close())

const idOf = (one: string) => one.split('/').at(-1) ?? ''

test('clauses are given to a department, whose staff see what is theirs and what is overdue', async () => {
  const given = await drafter.post(`${address}/clauses`, {
    clause: ['p3', 'p4', 'p99'],
    due_on: '2026-11-20',
  })
  expect(given.statusCode).toBe(303)
  for (const [fields, problem] of [
    [{ due_on: '2026-11-20' }, '请勾选条款'],
    [{ clause: 'p3', due_on: '明天' }, '请按 2026-12-31 的样子填写期限'],
  ] as const) {
    const refused = await drafter.post(`${address}/clauses`, fields)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(problem)
    expect(refused.body.includes('value="p3" checked')).toBe('clause' in fields)
  }
  const nobody = await drafter.post(`${address}/staff`, { member: '没有这个人' })
  expect(nobody.body).toContain('没有名为“没有这个人”的工作人员')
  expect((await drafter.post(`${address}/staff`, { member: department.name })).statusCode).toBe(303)
  expect((await drafter.post(`${address}/staff`, { member: department.name })).statusCode).toBe(303)
  expect((await department.get(`${office}/assignments`)).body).toContain('农业的')
  const { body } = await drafter.get(`${office}/departments`)
  expect(body).toMatch(
    /（一）推进特优农业提质增效<\/a>：2 条未答复，2026-11-20 前\s+<strong class="fails">已逾期/,
  )
  expect(body).not.toContain('p99')
  const auditor = await signIn(portal, 'auditor')
  expect((await auditor.get(`${office}/departments`)).body).not.toContain('新增责任单位')
  expect((await department.post(`${address}/clauses`, { clause: 'p5' })).statusCode).toBe(403)
  expect((await drafter.get(office)).body).toContain('省农业农村厅')
})

test('a single comment goes to another department than its clause, and leaves the clause’s', async () => {
  await drafter.post(`${address}/clauses`, { clause: 'p3' })
  await drafter.post(`${office}/departments`, { name: '省文化和旅游厅' })
  const page = await drafter.get(`${office}/departments`)
  const other = [...page.body.matchAll(/action="([^"]+)\/clauses"/g)]
    .map(([, at = '']) => at)
    .find((at) => at !== address)
  const give = { department: idOf(other ?? ''), due_on: '2026-11-10', comment: ids.slice(1, 2) }
  expect((await drafter.post(`${office}/departments/comments`, { ...give, comment: [] })).body).toContain(
    '还没有勾选意见',
  )
  expect((await drafter.post(`${office}/departments/comments`, { ...give, due_on: '下周' })).statusCode).toBe(
    422,
  )
  expect(
    (await drafter.post(`${office}/departments/comments`, { ...give, department: 'nobody' })).statusCode,
  ).toBe(409)
  const given = await drafter.post(`${office}/departments/comments`, give)
  expect(given.headers.location).toBe(`${office}/comments?department=${idOf(other ?? '')}`)
  const theirs = await drafter.get(String(given.headers.location))
  expect(theirs.body).toContain('其实是文旅的')
  expect(theirs.body).toContain('交省文化和旅游厅，2026-11-10 前')
  expect(theirs.body).not.toMatch(/农业的\s*<\/p>/)
  const clause = await drafter.get(`${office}/comments?department=${idOf(address)}`)
  expect(clause.body).toMatch(/农业的\s*<\/p>/)
  expect(clause.body).not.toContain('其实是文旅的')
  const listed = await drafter.get(`${office}/departments`)
  expect(listed.body.replace(/<[^>]+>/g, '')).toContain('单独交办的意见 1 条，未答复 1 条，其中 1 条已逾期')

  const removed = await drafter.post(`${other}/removal`, {})
  expect(removed.statusCode).toBe(303)
  expect((await drafter.get(`${office}/comments?department=${idOf(address)}`)).body).toContain('其实是文旅的')
})

test('clauses are taken back and staff leave', async () => {
  await drafter.post(`${address}/clauses`, { clause: ['p3', 'p4'] })
  expect((await drafter.post(`${address}/clauses/removal`, { clause: 'p4' })).statusCode).toBe(303)
  expect((await drafter.post(`${address}/clauses/removal`, { clause: 'p4' })).statusCode).toBe(404)
  await drafter.post(`${address}/staff`, { member: department.name })
  expect((await drafter.post(`${address}/staff/removal`, { member: department.id })).statusCode).toBe(303)
  const left = await department.get(`${office}/assignments`)
  expect(left.body).toContain('您还没有加入本次征求意见的责任单位')
})

test('a due day is a date, or so many working days from a letter by the calendar', async () => {
  const page = await drafter.get(`${office}/departments`)
  for (const name of ['due_on', 'sent_on']) {
    const [field = ''] = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(page.body) ?? []
    expect(field.match(/ type="date"/g), field).toHaveLength(1)
    expect(field.match(/ type=/g)).toHaveLength(1)
  }
  const give = (fields: object) => drafter.post(`${address}/clauses`, { clause: 'p5', ...fields })
  for (const [fields, problem] of [
    [{ sent_on: '2026-09-28' }, '请填写从函件日期起多少个工作日'],
    [{ working_days: '5' }, '请填写函件日期'],
    [{ sent_on: '2026-09-28', working_days: '五' }, '工作日数请填 1 到 999 的数字'],
    [{ due_on: '2026-10-01', sent_on: '2026-09-28', working_days: '5' }, '期限和工作日数只填一种'],
  ] as const) {
    const refused = await give(fields)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(problem)
  }
  expect((await give({ sent_on: '2026-09-28', working_days: '5' })).statusCode).toBe(303)
  // 29 and 30 September; 1 to 7 October are free; 8, 9 and the Saturday of 10 October are worked.
  expect((await drafter.get(`${office}/departments`)).body).toContain('2026-10-10 前')
  const picked = {
    department: idOf(address),
    comment: ids.slice(2),
    sent_on: '2026-11-20',
    working_days: '1',
  }
  expect((await drafter.post(`${office}/departments/comments`, picked)).statusCode).toBe(303)
  expect((await drafter.get(`${office}/comments?department=${idOf(address)}`)).body).toContain(
    '交省农业农村厅，2026-11-23 前',
  )
})

test('a department is reminded by a person, which its page and the log say', async () => {
  await drafter.post(`${address}/clauses`, { clause: 'p3' })
  await drafter.post(`${office}/departments`, { name: '没有事的厅' })
  const text = (body: string) => body.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
  const page = await drafter.get(`${office}/departments`)
  const idle = [...page.body.matchAll(/action="([^"]+)\/clauses"/g)]
    .map(([, at = '']) => at)
    .find((at) => !page.body.includes(`${at}/reminders`))
  const before = text(page.body.split(address)[0] ?? '').matchAll(/没有批准的答复的意见 (\d+) 条/g)
  const [, open] = [...before].at(-1) ?? []
  expect(Number(open)).toBeGreaterThan(0)
  expect((await drafter.post(`${idle}/reminders`, {})).statusCode).toBe(409)
  expect((await drafter.post(`${office}/departments/nobody/reminders`, {})).statusCode).toBe(404)
  await department.get('/staff/account')
  expect((await department.post(`${address}/reminders`, {})).statusCode).toBe(403)
  expect(text(page.body)).not.toContain('催办 1 次')
  expect((await drafter.post(`${address}/reminders`, {})).statusCode).toBe(303)
  portal.clock.now = new Date(portal.clock.now.getTime() + 60_000)
  expect((await drafter.post(`${address}/reminders`, {})).statusCode).toBe(303)
  const after = text((await drafter.get(`${office}/departments`)).body)
  expect(after).toContain(
    `催办 2 次，最近一次：2026-11-23 10:01，${drafter.name}，当时 ${open} 条没有批准的答复`,
  )
  expect(after).toContain(`2026-11-23 10:00，${drafter.name}`)
  await drafter.post(`${address}/staff`, { member: department.name })
  const theirs = text((await department.get(`${office}/assignments`)).body)
  expect(theirs).toContain('起草单位已催办 2 次，最近一次：2026-11-23 10:01')
  const auditor = await signIn(portal, 'auditor')
  expect(text((await auditor.get('/admin/log?act=department.remind')).body)).toContain('催办责任单位')
})
