import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { endorseSome, filledPortal } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('the overview shows the equation, and each clause with its counts', async () => {
  const { statusCode, body } = await drafter.get('/office/shanxi-laoqu')
  expect(statusCode).toBe(200)
  expect(body).toContain('收到 = 公开 + 不公开 + 不纳入 + 待审 + 撤回')
  expect(body).toContain('100 = 20 + 20 + 20 + 20 + 20')
  expect(body).toContain('✓ 相符')
  expect(body.match(/<tr>/g)).toHaveLength(2 * (1 + 24 + 1))
})

test('endorsements have a column of their own once there are any, and are in no other number', async () => {
  expect((await drafter.get('/office/shanxi-laoqu')).body).not.toContain('附议')
  await endorseSome(portal.db, { published: 7, withheld: 5, withdrawn: 3 })
  const { body } = await drafter.get('/office/shanxi-laoqu')
  expect(body).toContain('附议按人次计，未核实')
  const [tally = ''] = /<table class="tally">.*?<\/table>/s.exec(body) ?? []
  const columns = tally.match(/<tr>.*?<\/tr>/gs)?.map((row) => Number(/(\d+)<\/td>\s*<\/tr>/.exec(row)?.[1]))
  expect(columns?.slice(1, -1).reduce((sum, count) => sum + count, 0)).toBe(12)
  expect(columns?.at(-1)).toBe(12)
  expect(body).toContain('100 = 20 + 20 + 20 + 20 + 20')
  const list = (await drafter.get('/office/shanxi-laoqu/comments?state=withheld')).body
  expect(list).toContain('附议 5 人次（未核实）')
  expect((await drafter.get('/office/shanxi-laoqu/comments?state=withdrawn')).body).not.toContain('人次')
})
