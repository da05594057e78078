import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { sqliteFile } from '../../db/url.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { decided } from '../public/decided.ts'
import { statementsOfLast } from '../reads.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn
let after: string

beforeAll(async () => {
  portal = await buildTestApp()
  after = (await aComment(portal)).publicId
  await aComment(portal, { body: '已经公开的意见' })
  await decided(portal, '已经公开的意见', 'published')
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

/** How the engine finds what a page lists, where it may neither read a whole table nor sort. */
async function planOfList(query: string): Promise<string> {
  await moderator.get(`/moderation?${query}`)
  const isList = /^select "comments"."id", "comments"."public_id", "comments"."created_day", /
  const statement = statementsOfLast(portal.app).find((one) => isList.test(one)) ?? ''
  const end = statement.indexOf(' [')
  const { databaseUrl } = portal.deps.config
  return planOf(databaseUrl, statement.slice(0, end), JSON.parse(statement.slice(end)))
}

async function planOf(url: string, sql: string, params: unknown[]): Promise<string> {
  const file = sqliteFile(url)
  if (file) {
    const reader = new Sqlite(file, { readonly: true })
    const rows = reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params)
    reader.close()
    return JSON.stringify(rows)
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off')
  const { rows } = await client.query(`EXPLAIN ${sql}`, params)
  await client.end()
  return JSON.stringify(rows)
}

test.each([
  ['', 'comments_queue'],
  ['stance=amend', 'comments_queue'],
  ['state=published', 'comments_decided'],
  ['only=late', 'comments_queue'],
  ['clause=p7', 'comments_queue_clause'],
  ['clause=p7&stance=amend', 'comments_queue_clause'],
])('what ?%s lists, and what stands behind one of it, lies in order in %s', async (query, index) => {
  for (const place of [query, `${query}&after=${after}`]) {
    const plan = await planOfList(place)
    expect(plan).toMatch(new RegExp(`\\b${index}\\b`))
    expect(plan).not.toMatch(
      dialect === 'sqlite' ? /TEMP B-TREE|SCAN comments/ : /\bSort\b|Seq Scan on comments/,
    )
  }
})
