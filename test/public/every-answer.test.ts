import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { decided } from './decided.ts'
import { type Everything, everything, opened } from './everything.ts'
import { formFields, sendForm } from './forms.ts'
import { expectValid, unmarked } from './valid-html.ts'

let portal: TestPortal
let all: Everything
const draft = '/consultations/yanglao'

beforeAll(async () => {
  portal = await buildTestApp({ now: opened })
  all = await everything(portal)
})
afterAll(() => portal.close())

/** One comment that waits and one that was refused, under one code. */
async function actable(): Promise<{ code: string; waiting: string; refused: string }> {
  const bodies = ['一条还在等待审核的意见。', '一条没有纳入研究的意见。']
  const sent = await portal.app.inject({
    method: 'POST',
    url: `${draft}/submissions`,
    headers: { 'idempotency-key': 'two' },
    payload: { comments: bodies.map((body) => ({ clause: 'p3', stance: 'amend', body })) },
  })
  const refused = await decided(portal, bodies[1] ?? '', 'refused')
  const [found] = await portal.db.query
    .select({ id: comments.id })
    .from(comments)
    .where(eq(comments.body, bodies[0] ?? ''))
  return { code: sent.json().receipt.code, waiting: found?.id ?? '', refused }
}

test('what answers a form is valid HTML without a cookie, in English too', async () => {
  const { code: own, comment } = all
  const { code, waiting, refused } = await actable()
  const wrong = { 'comments[0][body]': '短', 'comments[0][clause]': 'p3', token: '' }
  const right = { ...wrong, 'comments[0][stance]': 'amend', 'comments[0][body]': '足够长的一条意见。' }
  const revision = { code, comment: waiting }
  const appeal = { code, comment: refused }
  const posts: [string, Record<string, string>][] = [
    [`${draft}/submissions`, wrong],
    [`${draft}/submissions`, right],
    [`${draft}/review`, right],
    [`${draft}/comments/new`, { ...right, all: '1', again: 'p3' }],
    [`${draft}/feedback-form`, {}],
    ['/receipts', { code: 'wrong' }],
    ['/receipts', { code: own }],
    ['/receipts', { code }],
    ['/receipts/withdrawal', { code: own, comment }],
    ['/receipts/withdrawal', { code: 'wrong', comment }],
    ['/receipts/name', { code: own }],
    ['/receipts/revision', revision],
    ['/receipts/revision', { ...revision, confirmed: '1', 'words[body]': '短' }],
    ['/receipts/appeal', appeal],
    ['/receipts/appeal', { ...appeal, confirmed: '1', grounds: '长'.repeat(5001) }],
  ]
  const acts: [string, Record<string, string>][] = [
    ['/receipts/name', { code: own, confirmed: '1' }],
    ['/receipts/appeal', { ...appeal, confirmed: '1', grounds: '与草案有关。' }],
    ['/receipts/withdrawal', { ...revision, confirmed: '1' }],
  ]
  for (const [url, fields] of posts) for (const query of ['', '?lang=en']) await expectFit(url, query, fields)
  for (const [url, fields] of acts) await expectFit(url, '?lang=en', fields)
  const { body: form } = await portal.app.inject(`${draft}/clauses/p3/comments/new`)
  await expectFit(`${draft}/submissions`, '?lang=en', {
    ...formFields(form),
    ...right,
    token: formFields(form).token ?? '',
  })

  portal.clock.now = new Date('2027-02-01T02:00:00Z')
  for (const query of ['', '?lang=en']) await expectFit(`${draft}/submissions`, query, right)
})

async function expectFit(url: string, query: string, fields: Record<string, string>): Promise<void> {
  const { body: html, headers, statusCode } = await sendForm(portal.app, url + query, fields)
  expect(statusCode, url).toBeLessThan(500)
  expect(headers['set-cookie'], url).toBeUndefined()
  await expectValid(html, url)
  if (query) expect(unmarked(html), url).toEqual([])
}
