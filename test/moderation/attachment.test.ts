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
let address: string
beforeEach(async () => {
  portal = await buildTestApp()
  file = await aCommentWithFile(portal, ['../公函<b>.pdf', files.pdf])
  address = `/moderation/comments/${file.comment}/attachments/1`
})
afterEach(() => portal.close())

test.each(['moderator', 'approver', 'auditor'] as const)('a %s saves the file of a comment', async (role) => {
  const person = await signIn(portal, role)
  const [comment] = await portal.db.query.select().from(comments)
  const page = await person.get(`/moderation?comment=${comment?.publicId}`)
  expect(page.body).toContain(`<a href="${address}" download>公函&lt;b&gt;.pdf</a>`)
  const { statusCode, headers, rawPayload } = await person.get(address)
  expect(statusCode).toBe(200)
  expect(rawPayload).toEqual(files.pdf)
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('公函<b>.pdf')}`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  const [entry] = await portal.db.query.select().from(log).where(eq(log.act, 'attachment.download'))
  expect(entry).toMatchObject({ staffId: person.id, subject: file.id, detail: {} })
})

test('a page called png is saved with the ending of what it is', async () => {
  const { comment } = await aCommentWithFile(portal, ['页.html', files.png])
  const moderator = await signIn(portal, 'moderator')
  const { headers } = await moderator.get(`/moderation/comments/${comment}/attachments/1`)
  expect(headers['content-disposition']).toContain(encodeURIComponent('页.html.png'))
})

test('nobody else has it', async () => {
  const [comment] = await portal.db.query.select().from(comments)
  const here = await signIn(portal, { role: 'moderator', consultationId: comment?.consultationId ?? '' })
  expect((await here.get(address)).statusCode).toBe(200)
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  expect((await elsewhere.get(address)).statusCode).toBe(403)
  const drafter = await signIn(portal, 'drafter')
  expect((await drafter.get(address)).statusCode).toBe(403)
  expect((await portal.app.inject(address)).statusCode).toBe(303)
  expect(await portal.db.query.$count(log, eq(log.act, 'attachment.download'))).toBe(1)
})

test('a file that is gone is said to be', async () => {
  const moderator = await signIn(portal, 'moderator')
  rmSync(join(portal.deps.config.dataDir, 'attachments', file.id))
  const gone = await moderator.get(address)
  expect([gone.statusCode, gone.body]).toEqual([404, expect.stringContaining('找不到这个附件的文件')])
  const ofIt = `/moderation/comments/${file.comment}/attachments`
  const ofNone = ['x', '..%2f..%2fportal.db', '%00', crypto.randomUUID()].map(
    (id) => `comments/${id}/attachments/1`,
  )
  const names = ['0', '2', '01', '1e0', 'x', '%00', '..%2f..%2fportal.db', file.id]
  for (const url of [
    ...ofNone.map((end) => `/moderation/${end}`),
    ...names.map((name) => `${ofIt}/${name}`),
  ]) {
    expect([400, 404], url).toContain((await moderator.get(url)).statusCode)
  }
})
