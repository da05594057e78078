import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let admin: SignedIn
let moderator: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  admin = await signIn(portal, 'admin')
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const ruling = { admission: 'admitted', publication: 'published', version: '1' }

test('the administrator reads the log and the tallies, and no comment', async () => {
  const { publicId } = await aComment(portal, { body: '管理员看不到的话' })
  await moderator.get('/moderation')
  await moderator.post(`/moderation/comments/${publicId}/decision`, ruling)
  const audit = await admin.get('/admin/audit?size=100')
  expect(audit.body).toContain(moderator.name)
  expect(audit.body).toContain('管理员看不到意见内容')
  const last = await admin.get(`/admin/log?staff=${moderator.id}`)
  expect(last.body).toContain(publicId.slice(-12))
  const [, ofTheSame = ''] = /href="(\/admin\/log\?subject=\d+)"/.exec(last.body) ?? []
  const log = await admin.get(ofTheSame)
  expect(log.body).toContain('审核决定')
  for (const { body } of [audit, log, await admin.get(`/moderation?comment=${publicId}`)]) {
    expect(body).not.toContain('管理员看不到的话')
  }
})
