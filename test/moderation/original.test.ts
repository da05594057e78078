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
const body = '我在天津务工，手机13812345678，孩子叫李小明，李小明上初二'

async function act(id: string, path: string, fields: object) {
  await moderator.get(`/moderation?comment=${id}`)
  return moderator.post(`/moderation/comments/${id}/${path}`, fields)
}

test('shows the original to who may see it, by a POST that is logged', async () => {
  const { id } = await aComment(portal, { body })
  await act(id, 'decision', { ...publish, hide: '1' })
  const page = await moderator.get(`/moderation?comment=${id}`)
  expect(page.body).not.toContain('13812345678')
  expect((await act(id, 'original', {})).body).toContain('13812345678')
  const entries = await portal.db.query.select().from(log).where(eq(log.subject, id)).orderBy(log.number)
  expect(entries.map((entry) => entry.act)).toEqual(['comment.decide', 'comment.view_original'])
  expect(JSON.stringify(entries)).not.toContain('12345678')
  const auditor = await signIn(portal, 'auditor')
  await auditor.get('/moderation')
  expect((await auditor.post(`/moderation/comments/${id}/original`, {})).statusCode).toBe(403)
})
