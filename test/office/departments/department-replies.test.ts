import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { departmentReplies } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let head: SignedIn
let department = ''
let ids: string[]
let concern = ''
const office = '/office/shanxi-laoqu'
const list = `${office}/departments/replies`
const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const said = (body: string, state = 'published') => ({ ...amendment, clause: 'p3', body, state })
  ids = await say(portal.db, consultation, [
    said('修路。'),
    said('修桥。'),
    said('不公开的桥。', 'withheld'),
    said('归并的甲。'),
    said('归并的乙。'),
    said('还没确认的。'),
  ])
  drafter = await signIn(portal, 'drafter')
  head = await signIn(portal, 'department')
  await drafter.get(`${office}/departments`)
  await drafter.post(`${office}/departments`, { name: '交通运输厅' })
  department = (await departmentsOf(portal.db, consultation.id))[0]?.id ?? ''
  const at = `${office}/departments/${department}`
  await drafter.post(`${at}/clauses`, { clause: 'p3' })
  await drafter.post(`${at}/staff`, { member: head.name })
  await drafter.post(`${at}/staff/head`, { member: head.id, head: 'yes' })
  const gathered = { sentence: '建议写明里程', clause: 'p3', comment: [ids[3], ids[4]] }
  const made = await drafter.post(`${office}/concerns`, gathered)
  concern = String(made.headers.location).split('/').at(-1) ?? ''
  await head.get(`${office}/assignments`)
  await written(`comment.${ids[5]}`, '还没有确认。')
  const letter = { letter_number: '晋交函〔2026〕5号', letter_on: '2026-11-24' }
  for (const [key, reason] of [
    [`comment.${ids[0]}`, '路已列入计划。'],
    [`comment.${ids[1]}`, '桥已列入计划。'],
    [`comment.${ids[2]}`, '这座桥不宜公开。'],
    [`concern.${concern}`, '里程已写明。'],
  ] as const) {
    await written(key, reason)
    const confirmed = await head.post(`${office}/assignments/${department}/${key}/reply/confirmation`, letter)
    expect([key, confirmed.statusCode]).toEqual([key, 303])
  }
})
afterAll(() => portal.close())

async function written(key: string, reason: string): Promise<void> {
  const reply = { outcome: 'explained', reason, revision: 0, submit: 'yes' }
  await head.post(`${office}/assignments/${department}/${key}/reply`, reply)
}

test('what departments have confirmed and nobody has answered is listed, each a link to its form', async () => {
  const { body } = await drafter.get(list)
  for (const said of ['路已列入计划。', '这座桥不宜公开。', '建议写明里程', '晋交函〔2026〕5号'])
    expect(body).toContain(said)
  expect(body).not.toContain('还没有确认。')
  expect(body).toContain(`${office}/responses/new?concern=${concern}`)
  expect(body.match(/name="reply"/g)).toHaveLength(4)
  expect((await drafter.get(`${list}?ticked=yes`)).body.match(/name="reply"[^>]* checked/g)).toHaveLength(4)
  expect((await drafter.get(`${office}/departments`)).body).toContain(`href="${list}"`)
  expect((await head.get(list)).statusCode).toBe(403)
})

test('those that are ticked become drafts at once, and what departments wrote is kept', async () => {
  const { body } = await drafter.get(list)
  const replies = Array.from(body.matchAll(/name="reply" value="([^"]+)"/g), ([, id]) => id)
  expect((await drafter.post(list, {})).statusCode).toBe(422)
  const kept = await portal.db.query.select().from(departmentReplies)
  const taken = await drafter.post(list, { reply: [...replies, 'nothing'] })
  expect(text(taken.body)).toContain('已起草 3 份答复')
  expect(text(taken.body)).toContain('有不公开的意见，答复要写归纳，请单独起草：交通运输厅， 不公开的桥。')
  const drafts = text((await drafter.get(`${office}/responses?state=draft`)).body)
  for (const said of ['路已列入计划。', '桥已列入计划。', '里程已写明。', '归纳：建议写明里程'])
    expect(drafts).toContain(said)
  expect(drafts).not.toContain('不宜公开')
  expect(await portal.db.query.select().from(departmentReplies)).toEqual(kept)
  expect((await drafter.get(list)).body.match(/name="reply"/g)).toHaveLength(1)
  const again = await drafter.post(list, { reply: replies })
  expect(text(again.body)).toContain('已起草 0 份答复')
})

test('a department that has confirmed something is not removed, and it is said why and what to do', async () => {
  await drafter.get(`${office}/departments`)
  const refused = await drafter.post(`${office}/departments/${department}/removal`, {})
  expect(refused.statusCode).toBe(409)
  expect(refused.body).toContain('这个单位确认过答复意见，或者会签过')
  expect(refused.body).toContain('在它名下“结束办理”')
  expect((await drafter.get(`${office}/departments`)).body).toContain('交通运输厅')
})
