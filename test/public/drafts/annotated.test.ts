import { afterEach, beforeEach, expect, test } from 'vitest'
import { commentCounts, comments, consultations } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { submissionsAddress } from '../decided.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const address = '/consultations/shanxi-laoqu/annotated'
const read = async (url: string) => (await portal.app.inject(url)).body

/** Sixty comments on a clause. */
async function sixty(clause: string, from: number): Promise<void> {
  const body = (i: number) => `第${from + i}号意见的内容。`
  const sent = await portal.app.inject({
    method: 'POST',
    url: submissionsAddress,
    headers: { 'idempotency-key': `${clause}-${from}` },
    payload: { comments: Array.from({ length: 60 }, (_, i) => ({ clause, stance: 'amend', body: body(i) })) },
  })
  expect(sent.statusCode).toBe(201)
}

async function publishAll(): Promise<void> {
  await portal.db.query.update(comments).set({ state: 'published', publishedDay: '2026-11-23' })
  await portal.db.query.update(commentCounts).set({ state: 'published' })
}

test('the draft stands with the comments on each clause below it', async () => {
  await sixty('p3', 0)
  await sixty('draft', 60)
  await publishAll()
  const page = await read(address)
  expect(page.indexOf('id="p3"')).toBeLessThan(page.indexOf('第0号意见'))
  expect(page.indexOf('第0号意见')).toBeLessThan(page.indexOf('id="p4"'))
  expect(page).toMatch(/<h2>整个草案<\/h2>[\s\S]*第60号意见/)
  expect(page).not.toContain('rel="next"')
})

test('what does not fit a sheet goes on in the next, and nothing is left out', async () => {
  for (let from = 0; from < 360; from += 60) await sixty('p3', from)
  await sixty('p5', 360)
  await publishAll()
  const seen = new Set<string>()
  let sheets = 0
  for (let next: string | undefined = address; next; sheets++) {
    const page: string = await read(next)
    for (const [, said = ''] of page.matchAll(/class="comment-body"[^>]*>(第\d+号意见)/g)) {
      expect(seen.has(said), said).toBe(false)
      seen.add(said)
    }
    next = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }
  expect([sheets, seen.size]).toEqual([2, 420])
})

test('before the pages show comments, it is the draft alone', async () => {
  await sixty('p3', 0)
  await publishAll()
  await portal.db.query.update(consultations).set({ publicationPolicy: 'outcome_only' })
  expect(await read(address)).not.toContain('号意见')
})

test.each(['?from=p99', '?from[]=p3', '?after=x'])('%s is no reason to fail', async (query) => {
  expect([200, 404]).toContain((await portal.app.inject(address + query)).statusCode)
})
