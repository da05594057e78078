import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { comments, originals } from '../../db/schema/index.ts'
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

test('shows what is found, and publishes nothing while it is unjudged', async () => {
  const { publicId } = await aComment(portal, { body })
  const page = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page.body).toContain('全部隐去并公开（1 处）')
  expect(page.body).toContain('待确认')
  const response = await act(publicId, 'decision', publish)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain('还有 1 处疑似个人信息没有处理')
})

test('hides what was found at one press, keeps the original sealed, and shows the public ▇▇', async () => {
  const { publicId, clause } = await aComment(portal, { body })
  expect((await act(publicId, 'decision', { ...publish, hide: '1' })).statusCode).toBe(303)
  const page = await clausePage(clause)
  expect(page.body).toContain('手机▇▇（手机号），孩子叫阿毛头')
  expect(page.body).not.toContain('13812345678')
  const [kept] = await portal.db.query.select().from(originals)
  expect(kept?.sealed).not.toContain('13812345678')
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  expect(row?.body).not.toContain('13812345678')
})

test('hides what a moderator marks, in every place, and shows what they judged harmless', async () => {
  const { publicId, clause } = await aComment(portal, { body })
  expect(
    (await act(publicId, 'redactions', { text: '阿毛头', kind: 'name', revision: '1' })).statusCode,
  ).toBe(303)
  expect((await act(publicId, 'redactions', { span: '0', hidden: 'no', revision: '2' })).statusCode).toBe(303)
  const page = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page.body).toContain('纳入研究并公开（隐去 2 处）')
  expect((await act(publicId, 'decision', publish)).statusCode).toBe(303)
  expect((await clausePage(clause)).body).toContain('手机13812345678，孩子叫▇▇（姓名），▇▇（姓名）上初二')
})

test('hides the one place that was selected, or that was named, and no other of the same text', async () => {
  const { publicId, clause } = await aComment(portal, { body: `👍${body}` })
  const place = { text: '阿毛头', kind: 'name', field: 'body', start: '29', only: '1' }
  expect((await act(publicId, 'redactions', { ...place, start: '28', revision: '1' })).statusCode).toBe(422)
  expect((await act(publicId, 'redactions', { ...place, revision: '1' })).statusCode).toBe(303)
  expect((await moderator.get(`/moderation?comment=${publicId}`)).body).toContain(
    '孩子叫阿毛头，<span class="marked',
  )
  const second = { text: '天津', kind: 'address', which: '2', revision: '2' }
  const none = await act(publicId, 'redactions', second)
  expect(none.statusCode).toBe(422)
  expect(none.body).toContain('这段文字共有 1 处，没有您选的那一处')
  expect((await act(publicId, 'redactions', { ...second, which: '1' })).statusCode).toBe(303)
  expect((await act(publicId, 'decision', { ...publish, hide: '1' })).statusCode).toBe(303)
  const page = await clausePage(clause)
  expect(page.body).toContain('我在▇▇（住址）务工，手机▇▇（手机号），孩子叫阿毛头，▇▇（姓名）上初二')
})

test('hides every place of what was selected', async () => {
  const { publicId } = await aComment(portal, { body })
  const place = { text: '阿毛头', kind: 'name', field: 'body', start: '28' }
  expect((await act(publicId, 'redactions', { ...place, revision: '1' })).statusCode).toBe(303)
  const { body: page } = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page).toContain('阿毛头</span>')
  expect(page).toContain('姓名（2 处）')
})

const named = '村民张建国、李秀英反映：张建国的电话是 13812345678。'

test('judges all that is open by one press, and the same words together by their number', async () => {
  const { publicId, clause } = await aComment(portal, { body: named })
  const first = (await moderator.get(`/moderation?comment=${publicId}`)).body
  for (const said of [
    '姓名（2 处）',
    '在“村民”之后',
    '还有 4 处待确认',
    'data-key="3"',
    'data-key="y"',
    'data-key="n"',
  ])
    expect(first).toContain(said)
  expect((await act(publicId, 'redactions', { all: 'keep', revision: '1' })).statusCode).toBe(303)
  const kept = (await moderator.get(`/moderation?comment=${publicId}`)).body
  expect(kept).not.toContain('处待确认')
  expect(kept).not.toContain('data-key="y"')
  expect((await act(publicId, 'redactions', { span: '0', hidden: 'yes', revision: '2' })).statusCode).toBe(
    303,
  )
  expect((await act(publicId, 'decision', publish)).statusCode).toBe(303)
  expect((await clausePage(clause)).body).toContain(
    '村民▇▇（姓名）、李秀英反映：▇▇（姓名）的电话是 13812345678。',
  )
})

test('hides all that is open by one press, and only that', async () => {
  const { publicId, clause } = await aComment(portal, { body: named })
  await act(publicId, 'redactions', { span: '1', hidden: 'no', revision: '1' })
  expect((await act(publicId, 'redactions', { all: 'hide', revision: '2' })).statusCode).toBe(303)
  expect((await act(publicId, 'redactions', { all: 'what', revision: '3' })).statusCode).toBe(422)
  await act(publicId, 'decision', publish)
  expect((await clausePage(clause)).body).toContain('▇▇（姓名）、李秀英反映：▇▇（姓名）的电话是 ▇▇（手机号）')
})

test('names in public who is accused only where a second moderator agrees, and covers it as any name', async () => {
  const accusing = '村会计逯保柱把低保名额给了他小舅子。'
  const { publicId, clause } = await aComment(portal, { body: accusing })
  expect((await moderator.get(`/moderation?comment=${publicId}`)).body).toContain('涉及具体个人')
  await act(publicId, 'redactions', { all: 'keep', revision: '1' })
  const first = await act(publicId, 'decision', publish)
  expect(first.body).toContain('等另一位审核员')
  expect((await clausePage(clause)).body).not.toContain('逯保柱')
  const second = await signIn(portal, 'moderator')
  await second.get(`/moderation?comment=${publicId}`)
  await second.post(`/moderation/comments/${publicId}/decision`, { ...publish, version: '1' })
  expect((await clausePage(clause)).body).toContain('村会计逯保柱把')
  const other = await aComment(portal, { body: accusing })
  expect((await act(other.publicId, 'decision', { ...publish, hide: '1' })).statusCode).toBe(303)
  expect((await clausePage(other.clause)).body).toContain('村会计▇▇（姓名）把')
})

test.each([
  ['a text that is not there', { text: '没有这段', kind: 'name', revision: '1' }, 422],
  ['half a character', { text: '\ud83d', kind: 'other', revision: '1' }, 422],
  ['an unknown kind', { text: '天津', kind: 'constructor', revision: '1' }, 422],
  ['nothing', { revision: '1' }, 422],
  ['a span that is not there', { span: '99', hidden: 'yes', revision: '1' }, 422],
  ['marks that were changed since', { span: '0', hidden: 'yes', revision: '7' }, 409],
])('refuses %s', async (_name, fields, status) => {
  const { publicId } = await aComment(portal, { body })
  expect((await act(publicId, 'redactions', fields)).statusCode).toBe(status)
})

test('lets one of two who change the marks at once win', async () => {
  const { publicId } = await aComment(portal, { body })
  await moderator.get(`/moderation?comment=${publicId}`)
  const mark = (text: string) =>
    moderator.post(`/moderation/comments/${publicId}/redactions`, { text, kind: 'other', revision: '1' })
  const statuses = (await Promise.all([mark('天津'), mark('初二')])).map(({ statusCode }) => statusCode)
  expect(statuses.sort()).toEqual([303, 409])
})

test('never publishes what its author wants only the office to read', async () => {
  const { publicId } = await aComment(portal, {}, { visibility: 'office' })
  const page = await moderator.get(`/moderation?comment=${publicId}`)
  expect(page.body).not.toContain('data-key="p"')
  const response = await act(publicId, 'decision', publish)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain('只供起草单位参考')
})
