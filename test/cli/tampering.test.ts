import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { comments, submissions } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment, type StoredComment } from '../moderation/comments.ts'
import { portalCommand } from './portal-command.ts'

/* Somebody writes to the database who does not hold the portal's key: each of these ways is found. */

let portal: TestPortal
let sent: StoredComment
beforeEach(async () => {
  portal = await buildTestApp()
  sent = await aComment(portal, { body: '原来的话' }, { name: '张三', contact: '13800000000' })
})
afterEach(() => portal.close())

const verify = () =>
  portalCommand(['verify'], {
    DATABASE_URL: portal.deps.config.databaseUrl,
    DATA_DIR: portal.deps.config.dataDir,
  })

const moment = '（2026-11-23 10:00:00 存证之后）'

test.each<[string, (db: Database) => Promise<unknown>, (found: StoredComment) => string]>([
  [
    'a comment says something else',
    (db) => db.query.update(comments).set({ body: '改过的话' }).where(eq(comments.id, sent.id)),
    ({ id }) => `意见被改动：${id}${moment}`,
  ],
  [
    'a comment takes another stance',
    (db) => db.query.update(comments).set({ stance: 'support' }).where(eq(comments.id, sent.id)),
    ({ id }) => `意见被改动：${id}${moment}`,
  ],
  [
    'who sent it is struck out',
    (db) => db.query.update(submissions).set({ name: null, contact: null }).where(sql`true`),
    () => '提交被改动：',
  ],
])('%s', async (_, tamper, sentence) => {
  expect((await verify()).said).toBe('')
  await tamper(portal.db)
  const { code, said } = await verify()
  expect(code).toBe(1)
  expect(said).toContain(sentence(sent))
})
