import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { log } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const body = '我在天津务工，手机13812345678，孩子叫阿毛头，阿毛头上初二'

async function act(publicId: string, path: string, fields: object) {
  await moderator.get(`/moderation?comment=${publicId}`)
  return moderator.post(`/moderation/comments/${publicId}/${path}`, fields)
}

test('shows the original to who may see it, by a POST that is logged', async () => {
  const { id, publicId } = await aComment(portal, { body })
  await act(publicId, 'decision', { ...publish, hide: '1' })
  const page = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page.body).not.toContain('13812345678')
  expect((await act(publicId, 'original', {})).body).toContain('13812345678')
  const entries = await portal.db.query.select().from(log).where(eq(log.subject, id)).orderBy(log.number)
  expect(entries.map((entry) => entry.act)).toEqual(['comment.decide', 'comment.view_original'])
  expect(JSON.stringify(entries)).not.toContain('12345678')
  const auditor = await signIn(portal, 'auditor')
  await auditor.get('/moderation')
  expect((await auditor.post(`/moderation/comments/${publicId}/original`, {})).statusCode).toBe(403)
})
