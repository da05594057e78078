import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, facts, makeReady, type PutUp, putUp, send } from './conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
})
afterEach(() => portal.close())

test('an own wording of the notice must tell the closing day, and follows the facts until it is worded', async () => {
  const notice = `${base}/notice`
  await makeReady(people)
  expect((await people.drafter.get(notice)).body).toContain('提出意见的截止日期为2026年12月23日（含当日）。')
  const bare = await send(people.drafter, notice, { notice: '欢迎提意见。', notice_signer: '某市民政局' })
  expect(bare.statusCode).toBe(422)
  expect(bare.body).toContain('公告里要写明截止日期 2026-12-23')
  const own = { notice: '请于2026年12月23日前提出意见。', notice_signer: '某市民政局' }
  expect((await send(people.drafter, notice, own)).statusCode).toBe(303)
  await send(people.drafter, `${base}/settings`, { ...facts, closes_on: '2026-12-28' })
  expect((await people.approver.get(`${base}/publication`)).body).toContain(
    '公告里没有写明截止日期 2026-12-28',
  )
  await send(people.drafter, notice, { ...own, anew: '1' })
  expect((await people.drafter.get(notice)).body).toContain('2026年12月28日（含当日）')
})
