import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { filledPortal } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('one answer to all that a reading shows, approved by a second person, is shown with the comments', async () => {
  const approver = await signIn(portal, 'approver')
  const form = await drafter.get('/office/shanxi-laoqu/responses/new?clause=p7')
  expect(form.body).toContain('<strong>10</strong> 条意见')
  expect(form.body).toContain('<strong>5</strong> 条不公开')

  const wrong = await drafter.post('/office/shanxi-laoqu/responses', { clause: 'p7', reason: '写得好' })
  expect(wrong.statusCode).toBe(422)
  for (const said of ['请选择采纳情况', '其中有不公开的意见，请写归纳', '写得好'])
    expect(wrong.body).toContain(said)

  const answer = { outcome: 'partly_adopted', reason: '已在第（五）条写明时限。', summary: '建议写明时限' }
  const drafted = await drafter.post('/office/shanxi-laoqu/responses', { clause: 'p7', ...answer })
  expect(drafted.statusCode).toBe(303)
  const address = String(drafted.headers.location)

  await drafter.get(address)
  expect((await drafter.post(`${address}/submission`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${address}/approval`, {})).statusCode).toBe(403)
  await approver.get(address)
  const empty = await approver.post(`${address}/return`, { note: ' ' })
  expect(empty.statusCode).toBe(422)
  expect((await drafter.get(address)).body).not.toContain('<dt>批准</dt>')
  expect((await approver.post(`${address}/approval`, {})).statusCode).toBe(303)
  const { body } = await drafter.get(address)
  expect(body).toMatch(new RegExp(`<dt>送审</dt><dd>${drafter.name}，\\d{4}-`))
  expect(body).toMatch(new RegExp(`<dt>批准</dt><dd>${approver.name}，\\d{4}-`))
  const late = await approver.post(`${address}/return`, { note: '再改' })
  expect(late.statusCode).toBe(409)

  const reading = await drafter.get('/office/shanxi-laoqu/comments?clause=p7&state=published')
  expect(reading.body.match(/部分采纳<\/a><\/strong>（已批准）：已在第（五）条写明时限。/g)).toHaveLength(5)
  const again = await drafter.get('/office/shanxi-laoqu/responses/new?clause=p7')
  expect(again.statusCode).toBe(409)
  const listed = await drafter.get('/office/shanxi-laoqu/responses?state=approved')
  expect(listed.body).toContain('已答复 <strong>10</strong> / 40 条')
})

test('an answer with what no database keeps comes back as it was typed', async () => {
  await drafter.get('/office/shanxi-laoqu/responses/new?clause=p1')
  const fields = { clause: 'p1', outcome: 'adopted', reason: 'a\u0000b', summary: '归纳' }
  const refused = await drafter.post('/office/shanxi-laoqu/responses', fields)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('理由里有无法保存的字符')
  const long = await drafter.post('/office/shanxi-laoqu/responses', { ...fields, reason: '长'.repeat(2001) })
  expect(long.statusCode).toBe(422)
  const lists = await drafter.post('/office/shanxi-laoqu/responses', {
    clause: ['p1'],
    outcome: ['adopted'],
    reason: { a: 1 },
  })
  expect(lists.statusCode).toBe(422)
})
