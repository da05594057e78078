import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let moderator: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const ruling = { admission: 'admitted', publication: 'published', version: '1' }

test('the auditor reads the log, the tallies and the same sample twice, and changes nothing', async () => {
  const { publicId } = await aComment(portal)
  await moderator.get('/moderation')
  await moderator.post(`/moderation/comments/${publicId}/decision`, ruling)
  const auditor = await signIn(portal, 'auditor')
  const log = await auditor.get('/admin/log')
  expect(log.body).toContain('审核决定')
  expect((await auditor.get('/admin/log?act=comment.decide&before=99999999999')).statusCode).toBe(200)
  expect((await auditor.get('/admin/log?act=%00&subject[]=1')).statusCode).toBe(200)
  const audit = await auditor.get('/admin/audit?seed=abc&size=5')
  expect(audit.body).toContain(moderator.name)
  const sampleIn = (html: string) => html.slice(html.indexOf('id="sample"'))
  const again = await auditor.get('/admin/audit?seed=abc&size=5')
  expect(sampleIn(again.body)).toBe(sampleIn(audit.body))
  expect(sampleIn(audit.body)).toContain('建议把时限写明确')
  expect((await auditor.post('/admin/moderation/words', { words: 'x' })).statusCode).toBe(403)
  expect((await moderator.get('/admin/log')).statusCode).toBe(403)
})
