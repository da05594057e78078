import { expect, test } from 'vitest'
import { consultations } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { sharedPortal } from '../shared-portal.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let admin: SignedIn
let moderator: SignedIn

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  admin = await signIn(portal, 'admin')
  moderator = await signIn(portal, 'moderator')
  return portal
})

const ruling = { admission: 'admitted', publication: 'published', version: '1' }

const reason = (code: string, outcome: string, name: string) => ({
  code,
  for: outcome,
  name,
  sentence: `因为${name}，这一条没有公开。`,
})

test('the administrator words the reasons, and their author reads them', async () => {
  await admin.get('/admin/moderation')
  const reasons = [
    reason('', 'withheld', '涉及商业秘密'),
    reason('off_topic', 'refused', '非本草案事项'),
    reason('', 'withheld', ''),
  ]
  reasons[2] = { ...reason('', 'withheld', ''), sentence: '' }
  expect((await admin.post('/admin/moderation/reasons', { reasons })).statusCode).toBe(303)
  const { publicId } = await aComment(portal)
  const page = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page.body).toContain('涉及商业秘密')
  expect(page.body).not.toContain('辱骂攻击')
  const withheld = { ...ruling, publication: 'withheld', reason: 'custom_1' }
  expect((await moderator.post(`/moderation/comments/${publicId}/decision`, withheld)).statusCode).toBe(303)
})

test.each([
  ['no reason to withhold', [reason('off_topic', 'refused', '非本草案事项')], '都至少要有一条理由'],
  ['a name without a sentence', [{ ...reason('a', 'withheld', '甲'), sentence: '' }], '请填写给提出人的话'],
  ['an unknown outcome', [reason('a', 'constructor', '甲')], '请选择用于哪种决定'],
  ['a text for the list', 'x', '都至少要有一条理由'],
])('refuses %s', async (_name, reasons, said) => {
  await admin.get('/admin/moderation')
  const response = await admin.post('/admin/moderation/reasons', { reasons })
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain(said)
})

test('words flag a comment and refuse nothing', async () => {
  await admin.get('/admin/moderation')
  expect((await admin.post('/admin/moderation/words', { words: '彩票\n代办证件\n' })).statusCode).toBe(303)
  const { publicId } = await aComment(portal, { body: '代办证件，请加我联系' })
  expect((await moderator.get(`/moderation?comment=${publicId}`)).body).toContain('含提示词：代办证件')
  expect((await admin.post('/admin/moderation/words', { words: '长'.repeat(40) })).statusCode).toBe(422)
})

test('two have to agree where the administrator says so', async () => {
  anewAfter()
  const [consultation] = await portal.db.query.select().from(consultations)
  await admin.get('/admin/moderation')
  const agreement = { consultation: consultation?.id, agreement: 'all' }
  expect((await admin.post('/admin/moderation/agreement', agreement)).statusCode).toBe(303)
  const { publicId } = await aComment(portal)
  await moderator.get('/moderation')
  const response = await moderator.post(`/moderation/comments/${publicId}/decision`, ruling)
  expect(response.body).toContain('等另一位审核员作出决定后生效')
  const unknown = { consultation: 'nobody', agreement: 'all' }
  expect((await admin.post('/admin/moderation/agreement', unknown)).statusCode).toBe(422)
})
