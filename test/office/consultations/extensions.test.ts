import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, makeReady, type PutUp, publish, putUp, send, slug } from './conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
})
afterEach(() => portal.close())

const at = (time: string) => {
  portal.clock.now = new Date(`${time}+08:00`)
}
const publicPage = () => portal.app.inject(`/consultations/${slug}`)

test('the closing day is moved by an approver with a reason, never back', async () => {
  await makeReady(people)
  await publish(people)
  const extensions = `${base}/extensions`
  const back = await send(people.approver, extensions, { closes_on: '2026-12-23', reason: '群众建议' })
  expect(back.statusCode).toBe(422)
  expect(back.body).toContain('新的截止日期要晚于 2026-12-23')
  const silent = await send(people.approver, extensions, { closes_on: '2027-01-05', reason: '' })
  expect(silent.body).toContain('请填写延期的理由')
  expect((await send(people.drafter, extensions, {})).statusCode).toBe(403)
  await send(people.approver, extensions, { closes_on: '2027-01-05', reason: '群众建议延长' })
  expect((await people.drafter.get(extensions)).body).toContain('由 2026-12-23 延至 2027-01-05。群众建议延长')
  at('2027-01-05T12:00')
  expect((await publicPage()).body).toContain('征集中')
})
