import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aComment } from '../../moderation/comments.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const body = '我在天津务工，手机13812345678，孩子叫李小明，李小明上初二'

async function act(publicId: string, path: string, fields: object) {
  await moderator.get(`/moderation?comment=${publicId}`)
  return moderator.post(`/moderation/comments/${publicId}/${path}`, fields)
}

test('the public reads how many were published, redacted, withheld and refused, and why', async () => {
  const hidden = await aComment(portal, { body })
  await act(hidden.publicId, 'decision', { ...publish, hide: '1' })
  const refused = await aComment(portal)
  await act(refused.publicId, 'decision', {
    ...publish,
    admission: 'refused',
    publication: 'withheld',
    reason: 'off_topic',
  })
  const page = await portal.app.inject('/consultations/shanxi-laoqu/moderation')
  const rows = page.body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(rows).toContain('公开 1 其中隐去个人信息后公开 1 纳入研究，不公开 0 不纳入研究 1 非本草案事项 1')
})
