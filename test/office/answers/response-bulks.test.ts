import { expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { returnResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { aMember, type SignedIn, signIn, type TestMember } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let approver: SignedIn
let drafter: TestMember
const office = '/office/shanxi-laoqu'
const bulks = `${office}/responses/bulks`
const list = `${office}/responses?state=submitted`

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  drafter = await aMember(portal, 'drafter')
  approver = await signIn(portal, 'approver', 'drafter')
  return portal
})

type Outcome = 'adopted' | 'not_adopted'

/** Answers to a comment each, submitted by somebody. Returns their ids. */
async function submitted(
  count: number,
  { outcome = 'adopted' as Outcome, by = drafter, reason = '已写明' } = {},
): Promise<string[]> {
  const { db } = portal
  const act = { staffId: by.id, now: portal.clock.now }
  const comments = await say(
    db,
    consultation,
    Array.from({ length: count }, () => ({ ...amendment, body: `关于${reason}的意见` })),
  )
  const ids: string[] = []
  for (const [place, comment] of comments.entries()) {
    const answer = { outcome, reason: `${reason}之${place}。`, summary: null }
    const id = await draftResponse(db, consultation.id, { kind: 'comments', ids: [comment] }, answer, act)
    await submitResponse(db, consultation.id, id, act)
    ids.push(id)
  }
  return ids
}

/** The hidden fields with which the page confirms what it shows. */
function confirming(body: string): Record<string, string> {
  const [, form = ''] = /action="[^"]+\/bulks"([\s\S]+?)<\/form>/.exec(body) ?? []
  return Object.fromEntries(
    [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
}

const text = (body: string) => body.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
const stateOf = async (id: string) =>
  /class="state">([^<]+)/.exec((await approver.get(`${office}/responses/${id}`)).body)?.[1]

test('many are approved at once, after each 未采纳 and ten of the others were shown', async () => {
  anewAfter()
  const refused = await submitted(2, { outcome: 'not_adopted', reason: '不能照办' })
  const others = await submitted(14)
  const page = await approver.get(list)
  expect(page.body.match(/name="response" value/g)).toHaveLength(16)
  const shown = await approver.post(bulks, { act: 'approve', response: [...refused, ...others] })
  expect(shown.statusCode).toBe(200)
  expect(text(shown.body)).toContain('将批准 16 份答复（采纳 14 份，未采纳 2 份），共答复 16 条具体意见')
  for (const reason of ['不能照办之0', '不能照办之1']) expect(shown.body).toContain(reason)
  expect(shown.body.match(/已写明之/g)).toHaveLength(10)
  expect(text(shown.body)).toContain('意见：关于不能照办的意见')
  expect(await stateOf(others[0] ?? '')).toBe('待批准')
  const done = await approver.post(bulks, confirming(shown.body))
  expect(text(done.body)).toContain('已批准 16 份答复 全部办好了')
  expect((await approver.get(list)).body).not.toContain('name="response"')
  expect(await stateOf(refused[1] ?? '')).toBe('已批准')
})

test('what oneself submitted and what moved on is left, and said', async () => {
  anewAfter()
  const { db } = portal
  const [own = ''] = await submitted(1, { by: approver, reason: '自己写的' })
  const [still = '', back = '', again = ''] = await submitted(3)
  await approver.get(list)
  const shown = await approver.post(bulks, { act: 'approve', response: [own, still, back, again, 'nobody'] })
  expect(text(shown.body)).toContain('将批准 3 份答复')
  expect(text(shown.body)).toContain('由您自己送审，要由另一位审批人员批准')
  expect(text(shown.body)).toContain('已经删除')
  const other = { staffId: (await aMember(portal, 'approver')).id, now: portal.clock.now }
  for (const id of [back, again]) {
    await returnResponse(db, consultation.id, { id, returnNote: '再改' }, other)
  }
  const later = new Date(portal.clock.now.getTime() + 1000)
  await submitResponse(db, consultation.id, again, { staffId: drafter.id, now: later })
  // Whoever sends another form than the page's approves nothing of their own either.
  const fields = confirming(shown.body)
  const done = await approver.post(bulks, { ...fields, response: `${fields.response},${own}` })
  expect(text(done.body)).toContain('已批准 1 份答复 没有批准的 3 份')
  for (const why of ['由您自己送审', '已经退回，或者还没有送审', '您核对以后又重新送审'])
    expect(done.body).toContain(why)
  expect(await Promise.all([own, still, back, again].map(stateOf))).toEqual([
    '待批准',
    '已批准',
    '起草中',
    '待批准',
  ])
  // Nobody has seen what a form does not say it has seen.
  await approver.post(bulks, { act: 'approve', confirmed: 'yes', response: again, seen_at: 'x' })
  expect(await stateOf(again)).toBe('待批准')
})

test('many are returned with one note, which has to be there', async () => {
  anewAfter()
  const ids = await submitted(3)
  await approver.get(list)
  const shown = await approver.post(bulks, { act: 'return', response: ids.slice(0, 2) })
  const fields = confirming(shown.body)
  const empty = await approver.post(bulks, { ...fields, note: ' ' })
  expect(empty.statusCode).toBe(422)
  expect(empty.body).toContain('请填写退回意见')
  expect(await stateOf(ids[0] ?? '')).toBe('待批准')
  const done = await approver.post(bulks, { ...fields, note: '理由请写具体。' })
  expect(text(done.body)).toContain('已退回 2 份答复')
  const [first, , last] = await Promise.all(ids.map((id) => approver.get(`${office}/responses/${id}`)))
  expect(first?.body).toContain('理由请写具体。')
  expect(last?.body).not.toContain('理由请写具体。')
  expect((await approver.get(`${office}/responses?state=draft&returned=yes`)).body).toContain(
    '只列已被退回的 <strong>2</strong> 份',
  )
})

test('all that is listed, more than 200: the number is typed, and 20 of them are shown', async () => {
  anewAfter()
  await submitted(201)
  await submitted(1, { by: approver })
  await approver.get(list)
  const all = { act: 'approve', all: 'yes', state: 'submitted', approver: approver.id }
  const shown = await approver.post(bulks, all)
  expect(shown.body.match(/已写明之/g)).toHaveLength(20)
  const fields = confirming(shown.body)
  const refused = await approver.post(bulks, { ...fields, number: '20' })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('请输入份数 201')
  expect(text((await approver.get(list)).body)).toContain('待批准 202')
  const done = await approver.post(bulks, { ...confirming(refused.body), number: '201' })
  expect(text(done.body)).toContain('已批准 201 份答复')
  expect(text((await approver.get(list)).body)).toContain('待批准 1')
})

test('the page is ticked where a link asks for it, and nothing is done without a tick or the role', async () => {
  anewAfter()
  const [id = ''] = await submitted(3)
  const page = await approver.get(list)
  expect(page.body).not.toContain(' checked')
  const [, ticking = ''] = /href="([^"]+)" data-ticks="response">全选本页/.exec(page.body) ?? []
  expect((await approver.get(ticking.replaceAll('&amp;', '&'))).body.match(/ checked/g)).toHaveLength(3)
  const none = await approver.post(bulks, { act: 'approve' })
  expect(none.statusCode).toBe(422)
  expect(none.body).toContain('还没有勾选答复')
  const other = await signIn(portal, 'drafter')
  expect((await other.get(list)).body).not.toContain('name="response"')
  expect((await other.post(bulks, { act: 'approve', confirmed: 'yes', response: id })).statusCode).toBe(403)
})
