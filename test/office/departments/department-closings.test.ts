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
const revisionOf = (body: string) => /name="revision" value="(\d+)"/.exec(body)?.[1]
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

test('no form gives it anything by hand: its own of a concern or a point, a new concern, 会签', async () => {
  const ended = '这个责任单位已经结束办理，请另选一个，或者不选'
  const department = of.水利厅
  const at = `${office}/concerns/${concern}`
  const revision = revisionOf((await drafter.get(at)).body)
  const worded = { sentence: '建议修好渠', clause: 'p3', revision }
  const kept = await drafter.post(at, { ...worded, department })
  expect([kept.statusCode, kept.body.includes(ended), kept.body.includes('建议修好渠')]).toEqual([
    422,
    true,
    true,
  ])
  expect((await drafter.post(at, { ...worded, department: of.交通厅 })).statusCode).toBe(303)

  const made = await drafter.post(`${office}/concerns`, { ...worded, department, comment: ids[3] })
  expect([made.statusCode, made.body.includes(ended)]).toEqual([422, true])
  expect((await concernsOf(portal.db, consultation.id)).map(({ id }) => id)).toEqual([concern])

  const letter = `${office}/splits/${ids[3]}`
  const seen = { revision: revisionOf((await drafter.get(letter)).body), stance: 'amend', clause: 'p4' }
  const parted = await drafter.post(`${letter}/points`, { ...seen, sentence: '0', department })
  expect([parted.statusCode, parted.body.includes(ended)]).toEqual([422, true])
  expect((await drafter.post(`${letter}/points`, { ...seen, sentence: '0' })).statusCode).toBe(303)
  const page = (await drafter.get(letter)).body
  const point = /splits\/[\w-]+\/points\/([\w-]+)"/.exec(page)?.[1]
  const moving = { ...seen, revision: revisionOf(page), department }
  const moved = await drafter.post(`${letter}/points/${point}`, moving)
  expect([moved.statusCode, moved.body.includes(ended)]).toEqual([422, true])
  expect((await drafter.post(`${letter}/undoing`, { revision: revisionOf(page) })).statusCode).toBe(303)

  const signing = await drafter.post(`${at}/cosignatures`, { department })
  expect([signing.statusCode, text(signing.body)]).toEqual([409, expect.stringContaining('已经结束办理')])
})

test('nothing is given to it any more, until it answers again', async () => {
  const give = { department: of.水利厅, comment: ids[3] }
  await drafter.get(`${office}/points?clause=p4`)
  const refused = await drafter.post(`${office}/departments/points`, give)
  expect([refused.statusCode, text(refused.body)]).toEqual([
    409,
    expect.stringContaining('不能交给这个责任单位'),
  ])
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

test('a merger that is undone after its department has ended brings the concern back to nobody', async () => {
  await drafter.get(`${office}/departments`)
  const closing = `${office}/departments/${of.水利厅}/closing`
  const clause = { clause: 'p3', department: of.水利厅 }
  expect(
    (await drafter.post(`${office}/concerns`, { sentence: '建议修桥', ...clause, comment: ids[1] }))
      .statusCode,
  ).toBe(303)
  const bridges = (await concernsOf(portal.db, consultation.id)).find(
    ({ sentence }) => sentence === '建议修桥',
  )
  expect(bridges?.departmentId).toBe(of.水利厅)
  const merging = await drafter.post(`${office}/concerns/${bridges?.id}/merger`, { into: concern })
  expect(merging.statusCode).toBe(303)
  expect((await drafter.post(closing, { into: '' })).statusCode).toBe(303)
  const move = /name="move" value="([\w-]+)"/.exec(
    (await drafter.get(`${office}/concerns/${concern}`)).body,
  )?.[1]
  expect((await drafter.post(`${office}/concerns/${concern}/undoing`, { move })).statusCode).toBe(303)
  const back = (await concernsOf(portal.db, consultation.id)).find(({ sentence }) => sentence === '建议修桥')
  expect(back).toMatchObject({ id: bridges?.id, departmentId: null, count: 1 })
})
