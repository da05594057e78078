import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aComment } from '../../moderation/comments.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { sendForm } from '../forms.ts'

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

async function rows(): Promise<string> {
  const page = await portal.app.inject('/consultations/shanxi-laoqu/moderation')
  return page.body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
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
  expect(await rows()).toContain(
    '公开 1 其中隐去个人信息后公开 1 纳入研究，不公开 0 不纳入研究 1 非本草案事项 1',
  )
})

test('a refusal that is appealed is counted no more, also on a page that was shown before', async () => {
  const { publicId, code } = await aComment(portal)
  const refusal = { ...publish, admission: 'refused', publication: 'withheld', reason: 'off_topic' }
  await act(publicId, 'decision', refusal)
  expect(await rows()).toContain('不纳入研究 1')
  const appealed = { code, comment: publicId, confirmed: '1', grounds: '这正是草案的事项。' }
  expect((await sendForm(portal.app, '/receipts/appeal', appealed)).statusCode).toBe(200)
  expect(await rows()).toContain('不纳入研究 0')
})
