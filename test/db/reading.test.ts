import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyComment } from '../../db/queries/comments/reading.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { everything } from '../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { submitComment } from '../public/decided.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

test('between two pages of a long reading everybody else gets a turn', async () => {
  for (const body of ['第一条意见。', '第二条意见。', '第三条意见。']) await submitComment(portal, 'p3', body)
  const { id = '' } = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? {}
  const order: string[] = []
  setImmediate(() => order.push('somebody else'))
  for await (const { body } of everyComment(portal.db, id, ['p3'], everything, 'arrival', 1)) order.push(body)
  expect(order.indexOf('somebody else')).toBeGreaterThanOrEqual(0)
  expect(order.indexOf('somebody else')).toBeLessThan(order.length - 1)
})
