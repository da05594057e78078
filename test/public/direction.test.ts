import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { signIn } from '../staff.ts'
import { decided, submissionsAddress } from './decided.ts'
import { formFields, sendForm } from './forms.ts'

let portal: TestPortal
let published: string
const body = '这里\u202e反过来写\u2067的意见。'
const shown = '这里\ufffd反过来写\ufffd的意见。'
const turning = /[\u202a-\u202e\u2066-\u2069]/
const draft = '/consultations/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const sent = await portal.app.inject({
    method: 'POST',
    url: submissionsAddress,
    headers: { 'idempotency-key': crypto.randomUUID() },
    payload: {
      comments: [{ clause: 'p3', stance: 'amend', body, proposal: 'amend', wording: '改\u202d成这样。' }],
      name: '朱\u202e小明',
      show_name: true,
    },
  })
  expect(sent.statusCode).toBe(201)
})
afterAll(() => portal.close())

test('what turns the direction of a text is stored, and on pages and in files turns nothing round', async () => {
  const moderator = await signIn(portal, 'moderator')
  const queue = (await moderator.get('/moderation')).body
  expect(queue).toContain(shown)
  expect(queue).not.toMatch(turning)

  published = await decided(portal, body, 'published')
  const pages = [
    '',
    '/clauses/p3',
    '/comments',
    `/comments/${published}`,
    '/annotated',
    '/feed.atom',
    '/comments.csv',
  ]
  let holding = 0
  for (const page of pages) {
    const { body: html } = await portal.app.inject(draft + page)
    expect(html, page).not.toMatch(turning)
    if (html.includes(shown)) holding += 1
  }
  expect(holding).toBeGreaterThan(3)
  const json = (await portal.app.inject(`${draft}/comments.json`)).json()
  expect(JSON.stringify(json)).toContain(body)
})

test('a form that comes back holds what was typed', async () => {
  const answer = await sendForm(portal.app, submissionsAddress, {
    'comments[0][clause]': 'p3',
    'comments[0][body]': body,
    name: '朱\u202e小明',
  })
  expect(answer.statusCode).toBe(409)
  expect(answer.body).toContain(`${body}</textarea>`)
  expect(formFields(answer.body).name).toBe('朱\u202e小明')
})
