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

test('a correction keeps both wordings and leaves the round alone', async () => {
  await makeReady(people)
  await publish(people)
  const corrections = `${base}/corrections`
  const wrong = await send(people.approver, corrections, {
    place: 'p3',
    before: '两处',
    after: '三处',
    reason: '笔误',
  })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('这里没有这段文字')
  expect(wrong.body).toContain('三处')
  await send(people.approver, corrections, { place: 'p3', before: '一处', after: '两处', reason: '笔误' })
  expect((await people.approver.get(corrections)).body).toContain('<del>一处</del> 更正为 <ins>两处</ins>')
  expect((await publicPage()).body).toContain('至少建设一处养老服务站')
})
