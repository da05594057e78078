import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

test('an organisation is confirmed by a sealed letter or by its code, and not by a wrong one', async () => {
  const { publicId } = await aComment(
    portal,
    {},
    { identity: 'enterprise', organisation: '山西某某农业有限公司' },
  )
  const confirm = async (fields: object) => {
    await moderator.get(`/moderation?comment=${publicId}`)
    return moderator.post(`/moderation/comments/${publicId}/confirmation`, fields)
  }
  expect((await confirm({})).statusCode).toBe(422)
  expect((await confirm({ credit_code: '91350100M000100Y44' })).statusCode).toBe(422)
  expect((await confirm({ credit_code: '91350100M000100Y43' })).statusCode).toBe(303)
  const { body } = await moderator.get(`/moderation?comment=${publicId}`)
  expect(body).toContain('山西某某农业有限公司')
  expect(body).toContain('已核验')
  expect(body).toContain(`统一社会信用代码 91350100M000100Y43，${moderator.name} `)
  const person = await aComment(portal)
  expect(
    (await moderator.post(`/moderation/comments/${person.publicId}/confirmation`, { letter: 'yes' }))
      .statusCode,
  ).toBe(422)
})
