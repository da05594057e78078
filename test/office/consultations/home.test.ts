import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import type { TestPortal } from '../../build.ts'
import { signIn } from '../../staff.ts'
import { filledPortal } from '../filled-consultation.ts'

let portal: TestPortal

beforeAll(async () => {
  portal = await filledPortal()
})
afterAll(() => portal.close())

test('a drafter of one consultation sees that one and no other', async () => {
  const other = await findConsultation(portal.db, 'other')
  const mine = await signIn(portal, { role: 'drafter', consultationId: other?.id ?? '' })
  const home = await mine.get('/office')
  expect(home.body).toContain('关于试点的实施意见')
  expect(home.body).not.toContain('革命老区')
  expect((await mine.get('/office/other')).statusCode).toBe(200)
  expect((await mine.get('/office/shanxi-laoqu')).statusCode).toBe(403)
  expect((await mine.get('/office/shanxi-laoqu/comments.csv')).statusCode).toBe(403)
})
