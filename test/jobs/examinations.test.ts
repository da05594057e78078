import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reviseComment } from '../../db/queries/receipts/receipt-acts.ts'
import { comments, examinations } from '../../db/schema/index.ts'
import { examining } from '../../server/jobs/examinations.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
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
