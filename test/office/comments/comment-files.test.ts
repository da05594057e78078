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

test('files are named for what they hold and never kept by a cache', async () => {
  const { headers, rawPayload } = await drafter.get('/office/shanxi-laoqu/comments.xlsx?scope=public')
  expect(headers['content-disposition']).toContain(
    encodeURIComponent('意见（公开）-shanxi-laoqu-2026-11-23.xlsx'),
  )
  expect(headers['cache-control']).toBe('no-store')
  expect(rawPayload.subarray(0, 2).toString()).toBe('PK')
})
