import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { log } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let drafter: SignedIn
let moderator: SignedIn
let other: SignedIn
beforeAll(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  moderator = await signIn(portal, 'moderator')
  other = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const refusedOf = ({ id }: SignedIn) =>
  portal.db.query
    .select({ subject: log.subject, detail: log.detail })
    .from(log)
    .where(and(eq(log.staffId, id), eq(log.act, 'staff.refused')))

test('what somebody has no right to do, or does too late, stands in the log, once', async () => {
  const { id, publicId } = await aComment(portal, { body: '一条等待审核的意见' })
  for (const _ of [1, 2, 3]) {
    await drafter.get('/office')
    expect((await drafter.post(`/moderation/comments/${publicId}/decision`, {})).statusCode).toBe(403)
  }
  expect(await refusedOf(drafter)).toEqual([
    { subject: id, detail: { refused: 'forbidden', route: '/moderation/comments/:id/decision' } },
  ])

  const ruling = { admission: 'admitted', publication: 'published', version: '1' }
  for (const one of [moderator, other]) {
    await one.get('/moderation')
    await one.post(`/moderation/comments/${publicId}/decision`, ruling)
  }
  expect(await refusedOf(moderator)).toEqual([])
  expect(await refusedOf(other)).toEqual([
    { subject: id, detail: { refused: 'state', route: '/moderation/comments/:id/decision' } },
  ])
  const admin = await signIn(portal, 'admin')
  const page = (await admin.get('/admin/log?act=staff.refused')).body
  expect(page).toContain('原因 没有权限')
  expect(page).toContain('网址 /moderation/comments/:id/decision')
  expect(page).toContain('原因 当时的状态不允许')
})

test('reading what is another’s, and a form that lay open too long, are no acts', async () => {
  const idle = await signIn(portal, 'drafter')
  await idle.get('/moderation')
  await idle.post('/office/consultations', { _csrf: 'old' })
  expect(await refusedOf(idle)).toEqual([])
})

test('whoever tries a hundred things fills no log', async () => {
  const busy = await signIn(portal, 'drafter')
  await busy.get('/office')
  for (let i = 0; i < 100; i++) await busy.post(`/moderation/comments/x${i}/decision`, {})
  expect(await refusedOf(busy)).toHaveLength(30)
})
