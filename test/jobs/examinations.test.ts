import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeSpans } from '../../db/queries/moderation/examinations.ts'
import { reviseComment } from '../../db/queries/receipts/receipt-acts.ts'
import { comments, examinations, submissions } from '../../db/schema/index.ts'
import { examining } from '../../server/jobs/examinations.ts'
import { rulesVersion } from '../../server/rules/personal-data/finding.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { signIn } from '../staff.ts'
import { doSome } from './doing.ts'

let portal: TestPortal

beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

async function kindsFound(id: string): Promise<(string[] | undefined)[]> {
  const rows = await portal.db.query.select().from(examinations).where(eq(examinations.commentId, id))
  return rows.map(({ spans }) => spans.map(({ kind }) => kind))
}

test('what its author has revised is examined again, and nothing else is', async () => {
  const { db, deps } = portal
  const { id } = await aComment(portal, { body: '请打 13812345678 找我' })
  await aComment(portal)
  expect(await doSome(deps, examining)).toBe(2)
  expect(await kindsFound(id)).toEqual([['mobile']])
  expect(await doSome(deps, examining)).toBe(0)
  const [row] = await db.query.select().from(comments).where(eq(comments.id, id))
  if (row) await reviseComment(db, row, { ...row, body: '请写信给我' }, deps.now())
  expect(await doSome(deps, examining)).toBe(1)
  expect(await kindsFound(id)).toEqual([[]])
  expect(await doSome(deps, examining)).toBe(0)
})

test('what is decided before it was examined does not wait for it', async () => {
  const { db, deps } = portal
  const { id } = await aComment(portal)
  await db.query.update(comments).set({ state: 'refused' }).where(eq(comments.id, id))
  expect(await doSome(deps, examining)).toBe(0)
})

test('what older rules have searched is searched again, unless a moderator has judged it', async () => {
  const { db, deps } = portal
  const body = '村民张建国，电话 13812345678'
  const [untouched, judged] = [await aComment(portal, { body }), await aComment(portal, { body })]
  await doSome(deps, examining)
  const [row] = await db.query.select().from(examinations).where(eq(examinations.commentId, judged.id))
  if (!row) return expect.unreachable()
  const text = { id: judged.id, version: row.version, body, wording: null }
  const spans = row.spans.map((span) => ({ ...span, hidden: span.kind === 'mobile' }))
  const moderator = await signIn(portal, 'moderator')
  await changeSpans(db, text, row, spans, { staffId: moderator.id, now: deps.now() })
  // As a step of the database leaves them.
  const older = { spans: [], rules: rulesVersion - 1 }
  await db.query.update(examinations).set(older).where(eq(examinations.commentId, untouched.id))
  await db.query.update(comments).set({ unexamined: true })
  await doSome(deps, examining)
  expect(await kindsFound(untouched.id)).toEqual([['name', 'mobile']])
  const rows = await db.query.select().from(examinations)
  const of = (id: string) => rows.find(({ commentId }) => commentId === id)
  expect(of(untouched.id)).toMatchObject({ revision: 2, unhandled: 2, rules: rulesVersion })
  expect(of(judged.id)).toMatchObject({ revision: 2, unhandled: 0, rules: null, spans })
  expect(await doSome(deps, examining)).toBe(0)
})

test('what senders told of themselves is found in their text, whatever it looks like', async () => {
  const { db, deps } = portal
  const { id } = await aComment(portal, { body: '联系德吉，单位是阳光小学，或者 daji@home' })
  const [row] = await db.query.select().from(comments).where(eq(comments.id, id))
  const submissionId = row?.submissionId ?? ''
  const sealed = (column: string, text: string) =>
    deps.seals.seal(text, { table: 'submissions', column, row: submissionId })
  const own = { name: '德吉', contact: 'daji@home', organisation: '阳光小学' }
  const columns = Object.entries(own).map(([column, text]) => [column, sealed(column, text)])
  await db.query.update(submissions).set(Object.fromEntries(columns)).where(eq(submissions.id, submissionId))
  await doSome(deps, examining)
  expect(await kindsFound(id)).toEqual([['name', 'organisation', 'email']])
})
