import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { findConsultation, raiseRevision } from '../../../db/queries/consultations/consultations.ts'
import { consultations } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const get = (url: string) => portal.app.inject({ url })

test('the draft page holds 8 headings and 23 clauses with permalinks, counts and a way to comment', async () => {
  const { body, statusCode } = await get('/consultations/shanxi-laoqu')
  expect(statusCode).toBe(200)
  const ids = [...body.matchAll(/<div class="clause" id="(p\d+)"/g)].map(([, id]) => id)
  expect(ids).toEqual(Array.from({ length: 23 }, (_, i) => `p${i + 1}`))
  expect(body.match(/<h2 id="h\d+"/g)).toHaveLength(8)
  for (const id of ids) {
    expect(body).toContain(`href="#${id}"`)
    expect(body).toContain(`href="/consultations/shanxi-laoqu/clauses/${id}"`)
    expect(body).toContain(`href="/consultations/shanxi-laoqu/clauses/${id}/comments/new"`)
  }
  expect(body).toContain('<strong>推进特优农业提质增效。</strong>')
  expect(Buffer.byteLength(body)).toBeLessThan(60_000)
})

test('draft.json joined is the document', async () => {
  const { title, units } = (await get('/consultations/shanxi-laoqu/draft.json')).json()
  expect(title).toBe('关于加快山西省革命老区振兴发展的实施意见（征求意见稿）')
  expect(units.filter((unit: { key: string | null }) => unit.key)).toHaveLength(23)
  const page = (await get('/consultations/shanxi-laoqu')).body.replace(/<[^>]+>/g, '')
  for (const { text } of units) expect(page).toContain(text.slice(-20))
})

test('a page keeps the reader’s display in its links, and knows no other parameter', async () => {
  const { body } = await get('/consultations/shanxi-laoqu?text=large&utm=x')
  expect(body).toContain('data-text="large"')
  expect(body).toContain('href="/consultations/shanxi-laoqu/clauses/p3?text=large"')
  expect(body).not.toContain('utm')
})

test('what is not there is a page that says so', async () => {
  for (const url of ['/consultations/nothing', '/consultations/shanxi-laoqu/clauses/p24', '/nothing']) {
    const { statusCode, body } = await get(url)
    expect(statusCode, url).toBe(404)
    expect(body).toContain('没有找到这个页面')
  }
})

/** Says when the outcome was published, and that the pages are others now. */
async function conclude(outcomeAt: Date | null): Promise<void> {
  const { id } = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  await portal.db.atomically((tx) => [
    tx.update(consultations).set({ outcomeAt }).where(eq(consultations.id, id)),
    raiseRevision(tx, id),
  ])
}

test.each(['open', 'concluded'])('%s, the outcome is linked wherever it is there', async (state) => {
  const isConcluded = state === 'concluded'
  onTestFinished(() => conclude(null))
  await conclude(isConcluded ? portal.clock.now : null)
  const draft = '/consultations/shanxi-laoqu'
  for (const url of ['/', draft, `${draft}/clauses/p3`, `${draft}/clauses/p3/comments/new`]) {
    expect((await get(url)).body.includes(`href="${draft}/outcome"`), url).toBe(isConcluded)
  }
  expect((await get('/sitemap.xml')).body.includes(`${draft}/outcome</loc>`)).toBe(isConcluded)
  expect((await get(draft)).body).toContain(isConcluded ? '采纳情况已经公布' : '截止后逐条研究，公布采纳情况')
})
