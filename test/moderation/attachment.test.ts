import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { comments, log } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aCommentWithFile, files } from '../public/sent-files.ts'
import { signIn } from '../staff.ts'

let portal: TestPortal
let file: Awaited<ReturnType<typeof aCommentWithFile>>
beforeEach(async () => {
  portal = await buildTestApp()
  file = await aCommentWithFile(portal, ['../公函<b>.pdf', files.pdf])
})
afterEach(() => portal.close())

test.each(['moderator', 'approver', 'auditor'] as const)('a %s saves the file of a comment', async (role) => {
  const person = await signIn(portal, role)
  const [comment] = await portal.db.query.select().from(comments)
  const page = await person.get(`/moderation?open=${comment?.id}`)
  expect(page.body).toContain(`<a href="/moderation/attachments/${file.id}" download>公函&lt;b&gt;.pdf</a>`)
  const { statusCode, headers, rawPayload } = await person.get(`/moderation/attachments/${file.id}`)
  expect(statusCode).toBe(200)
  expect(rawPayload).toEqual(files.pdf)
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('公函<b>.pdf')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  const [entry] = await portal.db.query.select().from(log).where(eq(log.act, 'attachment.download'))
  expect(entry).toMatchObject({ staffId: person.id, subject: file.id, detail: {} })
})

test('a page called png is saved with the ending of what it is', async () => {
  const { id } = await aCommentWithFile(portal, ['页.html', files.png])
  const { headers } = await (await signIn(portal, 'moderator')).get(`/moderation/attachments/${id}`)
  expect(headers['content-disposition']).toContain(encodeURIComponent('页.html.png'))
})

test('nobody else has it', async () => {
  const [comment] = await portal.db.query.select().from(comments)
  const here = await signIn(portal, { role: 'moderator', consultationId: comment?.consultationId ?? '' })
  expect((await here.get(`/moderation/attachments/${file.id}`)).statusCode).toBe(200)
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  expect((await elsewhere.get(`/moderation/attachments/${file.id}`)).statusCode).toBe(403)
  const drafter = await signIn(portal, 'drafter')
  expect((await drafter.get(`/moderation/attachments/${file.id}`)).statusCode).toBe(403)
  expect((await portal.app.inject(`/moderation/attachments/${file.id}`)).statusCode).toBe(303)
  expect(await portal.db.query.$count(log, eq(log.act, 'attachment.download'))).toBe(1)
})

test('a file that is gone is said to be', async () => {
  const moderator = await signIn(portal, 'moderator')
  rmSync(join(portal.deps.config.dataDir, 'attachments', file.id))
  const gone = await moderator.get(`/moderation/attachments/${file.id}`)
  expect([gone.statusCode, gone.body]).toEqual([404, expect.stringContaining('找不到这个附件的文件')])
  for (const id of ['x', '..%2f..%2fportal.db', '%00']) {
    expect([400, 404]).toContain((await moderator.get(`/moderation/attachments/${id}`)).statusCode)
  }
})
