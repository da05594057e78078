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

const publicPage = () => portal.app.inject(`/consultations/${slug}`)

test('a suspension stops comments with its reason, and is ended', async () => {
  await makeReady(people)
  await publish(people)
  const suspension = `${base}/suspension`
  expect((await send(people.approver, suspension, { reason: '' })).statusCode).toBe(422)
  await send(people.approver, suspension, { reason: '草案需要重大调整' })
  expect((await publicPage()).body).toContain('已中止')
  const again = await send(people.approver, suspension, { reason: '再来一次' }, suspension)
  expect(again.statusCode).toBe(409)
  await send(people.approver, suspension, {}, `${suspension}/end`)
  expect((await publicPage()).body).toContain('征集中')
})
