import { afterEach, beforeEach, expect, test } from 'vitest'
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

function clausePage(clause: string) {
  return portal.app.inject(`/consultations/shanxi-laoqu/clauses/${clause}`)
}

test('gives a reopened comment its original back, with the marks on it', async () => {
  const { publicId, clause } = await aComment(portal, { body })
  await act(publicId, 'decision', { ...publish, hide: '1' })
  expect((await act(publicId, 'restoration', {})).statusCode).toBe(409)
  expect((await act(publicId, 'reopening', { reason: '家长来电要求隐去孩子姓名' })).statusCode).toBe(303)
  expect((await clausePage(clause)).body).not.toContain('天津务工')
  expect((await act(publicId, 'restoration', {})).statusCode).toBe(303)
  const page = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page.body).toContain('13812345678')
  expect(page.body).toContain('公开时隐去')
  await act(publicId, 'redactions', { text: '阿毛头', kind: 'name', revision: pageRevision(page.body) })
  expect((await act(publicId, 'decision', publish)).statusCode).toBe(303)
  expect((await clausePage(clause)).body).toContain('手机▇▇（手机号），孩子叫▇▇（姓名）')
})

function pageRevision(html: string): string {
  return /name="revision" value="(\d+)"/.exec(html)?.[1] ?? ''
}
