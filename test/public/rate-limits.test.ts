import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { submissionsAddress } from './decided.ts'
import { openForm, sendForm } from './forms.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp({ config: { rateLimits: true } })
})
afterAll(() => portal.close())

test('a town hall sends 200 comments in an hour; far beyond that the text comes back with when to try again', async () => {
  const form = {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'support',
    'comments[0][body]': '一位老人口述的意见，由工作人员代填。',
  }
  const send = () => sendForm(portal.app, submissionsAddress, form)
  for (let i = 0; i < 200; i++) expect((await send()).statusCode).toBe(201)
  let refused = await send()
  for (let i = 0; i < 200 && refused.statusCode === 201; i++) refused = await send()
  expect(refused.statusCode).toBe(429)
  expect(refused.body).toMatch(/请在 \d+ 分钟后再试/)
  expect(refused.body).toContain('一位老人口述的意见，由工作人员代填。</textarea>')
})

test('guessing codes is slowed down', async () => {
  let answer = await sendForm(portal.app, '/receipts', { code: 'x' })
  for (let i = 0; i < 100 && answer.statusCode === 422; i++)
    answer = await sendForm(portal.app, '/receipts', { code: 'x' })
  expect(answer.statusCode).toBe(429)
  expect(answer.body).toContain('操作太频繁')
})

test('files of public comments, uploads and endorsements are slowed down too', async () => {
  const until = async (most: number, ask: () => Promise<{ statusCode: number }>) => {
    let answer = await ask()
    for (let i = 0; i < most && answer.statusCode !== 429; i++) answer = await ask()
    return answer.statusCode
  }
  const draft = '/consultations/shanxi-laoqu'
  expect(await until(40, () => portal.app.inject(`${draft}/comments.csv`))).toBe(429)
  expect(await until(320, () => sendForm(portal.app, `${draft}/feedback-form`, {}))).toBe(429)
  const endorse = () => sendForm(portal.app, `${draft}/comments/x/endorsements`, { key: 'k' })
  expect(await until(320, endorse)).toBe(429)
})
