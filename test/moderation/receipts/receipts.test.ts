import { afterAll, beforeAll, expect, test } from 'vitest'
import { log } from '../../../db/schema/index.ts'
import { sameContact } from '../../../server/rules/receipts/receipts.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { openForm, sendForm } from '../../public/forms.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn
beforeAll(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation/receipts')
})
afterAll(() => portal.close())

const said = (html: string, id: string) => new RegExp(`id="receipt-${id}">([^<]+)<`).exec(html)?.[1] ?? ''

async function submitted(fields: Record<string, string>) {
  const sent = await sendForm(portal.app, '/consultations/shanxi-laoqu/submissions', {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'support',
    'comments[0][body]': '丢了查询码的一条意见。',
    ...fields,
  })
  return { number: said(sent.body, 'number'), code: said(sent.body, 'code') }
}

const lookUp = (code: string) => sendForm(portal.app, '/receipts', { code })
const acts = async () => (await portal.db.query.select({ act: log.act }).from(log)).map(({ act }) => act)

test('whoever names the number and the contact gets a new code, and the old one opens nothing', async () => {
  const { number, code } = await submitted({ contact: '138 0013 8000' })
  const replaced = await moderator.post('/moderation/receipts', { number, contact: '+86 138-0013-8000' })
  expect(replaced.statusCode).toBe(201)
  expect(replaced.headers['cache-control']).toBe('no-store')
  const fresh = said(replaced.body, 'code')
  expect(fresh).not.toBe(code)
  expect((await lookUp(code)).statusCode).toBe(404)
  expect((await lookUp(fresh)).body).toContain('丢了查询码的一条意见')
  expect(await acts()).toContain('submission.replace_code')
  const entries = await portal.db.query.select().from(log)
  expect(entries.filter(({ act }) => act === 'submission.replace_code')).toMatchObject([
    { detail: {}, staffId: moderator.id },
  ])
})

test('another contact, or none, gets nothing; the attempt stands in the log', async () => {
  const { number, code } = await submitted({ contact: 'zhu@example.com' })
  const refused = await moderator.post('/moderation/receipts', { number, contact: 'li@example.com' })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('联系方式与提交时留下的不一致')
  expect(refused.body).not.toContain('zhu@example.com')
  expect(await acts()).toContain('submission.wrong_contact')
  expect((await lookUp(code)).statusCode).toBe(200)

  const bare = await submitted({})
  const impossible = await moderator.post('/moderation/receipts', { number: bare.number, contact: '' })
  expect(impossible.body).toContain('没有留联系方式')
  const unknown = await moderator.post('/moderation/receipts', { number: 'x', contact: 'x' })
  expect(unknown.body).toContain('没有找到这个回执号')
})

test('a moderator of another consultation finds no such receipt', async () => {
  const { number } = await submitted({ contact: '13800138000' })
  const stranger = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  await stranger.get('/moderation/receipts')
  const refused = await stranger.post('/moderation/receipts', { number, contact: '13800138000' })
  expect(refused.body).toContain('没有找到这个回执号')
})

test.each([
  ['13800138000', '+86 138 0013 8000', true],
  ['0355-1234567', '（0355）1234567', true],
  ['Zhu@Example.com', 'zhu@example.com', true],
  ['13800138000', '13800138001', false],
  ['13800138000', '', false],
  ['', '', false],
])('%s and %s are the same contact: %s', (left, named, same) => {
  expect(sameContact(left, named)).toBe(same)
})
