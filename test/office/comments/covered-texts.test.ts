import { afterEach, beforeEach, expect, test } from 'vitest'
import { withdraw } from '../../../db/queries/receipts/receipt-acts.ts'
import { comments } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aComment, type StoredComment } from '../../moderation/comments.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
const office = '/office/shanxi-laoqu'
const phone = '13812345678'
const body = `这一条很好，请打${phone}找我。`

beforeEach(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
})
afterEach(() => portal.close())

async function decided(ruling: object): Promise<StoredComment> {
  const moderator = await signIn(portal, 'moderator')
  const comment = await aComment(portal, { body })
  await moderator.get(`/moderation?comment=${comment.publicId}`)
  const fields = { admission: 'admitted', publication: 'withheld', version: '1', ...ruling }
  expect((await moderator.post(`/moderation/comments/${comment.publicId}/decision`, fields)).statusCode).toBe(
    303,
  )
  return comment
}

/** What the office reads of comments in every state: pages, and a paper without personal data. */
async function everythingRead(): Promise<string[]> {
  await drafter.get(`${office}/themes`)
  const theme = await drafter.post(`${office}/themes`, { name: '第七条', clause: 'p7' })
  const paths = [
    `${office}/comments?answered=all`,
    `${office}/clauses/p7`,
    `${office}/comments.csv?scope=internal`,
  ]
  const read = await Promise.all([...paths, String(theme.headers.location)].map((path) => drafter.get(path)))
  return read.map((response) => response.body)
}

test.each([
  ['withheld', { reason: 'author_asked' }],
  ['refused', { admission: 'refused', reason: 'off_topic' }],
])('what is %s is kept and read without the personal data found in it', async (state, ruling) => {
  await decided(ruling)
  const [row] = await portal.db.query.select().from(comments)
  expect(row).toMatchObject({ state, body: '这一条很好，请打▇▇（手机号）找我。' })
  for (const read of await everythingRead()) expect(read).not.toContain(phone)
})

test('what waits is read without it too, and whole where a moderator has shown it', async () => {
  await aComment(portal, { body, wording: `联系电话：${phone}`, proposal: 'amend' })
  const pages = await everythingRead()
  for (const read of pages) expect(read).not.toContain(phone)
  expect(pages.filter((read) => read.includes('请打▇▇（手机号）找我'))).toHaveLength(2)

  const moderator = await signIn(portal, 'moderator')
  const hotline = await aComment(portal, { body: '公布的热线13987654321没有人接。' })
  await moderator.get(`/moderation?comment=${hotline.publicId}`)
  const judged = { span: '0', hidden: 'no', revision: '1' }
  await moderator.post(`/moderation/comments/${hotline.publicId}/redactions`, judged)
  expect((await drafter.get(`${office}/comments?answered=all`)).body).toContain('13987654321')
})

test('what was withdrawn before anybody decided is read without it', async () => {
  await aComment(portal, { body })
  const [row] = await portal.db.query.select().from(comments)
  if (!row) return expect.unreachable('the comment is gone')
  await withdraw(portal.db, row, portal.clock.now)
  for (const read of await everythingRead()) expect(read).not.toContain(phone)
})

test('what an answer is for is read without it too, when its original was given back meanwhile', async () => {
  const { publicId } = await decided({ publication: 'published', hide: '1' })
  await drafter.get(`${office}/responses/new?all=yes`)
  const answer = { all: 'yes', outcome: 'adopted', reason: '已写入。' }
  const drafted = String((await drafter.post(`${office}/responses`, answer)).headers.location)
  const moderator = await signIn(portal, 'moderator')
  await moderator.get(`/moderation?comment=${publicId}`)
  await moderator.post(`/moderation/comments/${publicId}/reopening`, { reason: '再看一次' })
  await moderator.post(`/moderation/comments/${publicId}/restoration`, {})
  const [row] = await portal.db.query.select().from(comments)
  expect(row?.body).toContain(phone)
  const { body: page } = await drafter.get(drafted)
  expect(page).toContain('请打▇▇（手机号）找我')
  expect(page).not.toContain(phone)
})
