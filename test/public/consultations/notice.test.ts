import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import {
  base,
  makeReady,
  type PutUp,
  publish,
  putUp,
  send,
  slug,
} from '../../office/consultations/conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
})
afterEach(() => portal.close())

const seen = async (path: string) => {
  const page = await portal.app.inject(`/consultations/${slug}${path}`)
  expect(page.statusCode, path).toBe(200)
  return page.body.replace(/\s+/g, ' ')
}

test('the notice is published as the approver saw it, signed and dated', async () => {
  await publish(people)
  const page = await seen('/notice')
  expect(page).toContain('关于公开征求《关于促进社区养老服务的意见（征求意见稿）》意见的公告')
  expect(page).toContain('提出意见的截止日期为2026年12月23日（含当日）。')
  expect(page).toContain('寄信：某市长安路1号，信封上请注明“征求意见”')
  expect(page).toMatch(/某市民政局<br>2026年11月23日/)
  expect(await seen('')).toContain(`href="/consultations/${slug}/notice"`)
})

test('an extension stays visible, and the notice keeps the day that it told', async () => {
  await publish(people)
  await send(people.approver, `${base}/extensions`, { closes_on: '2027-01-05', reason: '群众建议延长' })
  for (const path of ['', '/notice']) {
    expect(await seen(path)).toMatch(/截止日期由 2026-12-23 延至 2027-01-05。<[^>]+>群众建议延长/)
  }
  expect(await seen('/notice')).toContain('2026年12月23日（含当日）')
})
