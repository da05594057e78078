import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../decided.ts'

let portal: TestPortal
/** The comment on p10 that quotes a sentence. */
let quotingId: string
/** Published on three days, fifteen each. */
const days = ['23', '24', '25'].map((day) =>
  Array.from({ length: 15 }, (_, i) => `11 月 ${day} 日公开的第 ${i + 1} 条意见。`),
)
const quoting = '建议把吕梁机场也写进来。'
const quote = '推进新建晋城机场和长治机场迁建，完善红色航空运输体系，促进低空经济发展。'

beforeAll(async () => {
  portal = await buildTestApp()
  const { now } = portal.clock
  for (const [day, bodies] of days.entries()) {
    portal.clock.now = new Date(now.getTime() + day * 24 * 60 * 60 * 1000)
    for (const body of bodies) {
      await submitComment(portal, 'p4', body)
      await decided(portal, body, 'published')
    }
  }
  await submitComment(portal, 'p4', '还在等待审核的意见。')
  await submitComment(portal, 'p4', '不公开的意见内容。')
  await decided(portal, '不公开的意见内容。', 'withheld')
  await submitComment(portal, 'p10', quoting, { 'comments[0][quote]': quote })
  quotingId = await decided(portal, quoting, 'published')
})
afterAll(() => portal.close())

const clause = '/consultations/shanxi-laoqu/clauses/p4'
const get = async (url: string) => (await portal.app.inject(url)).body
const bodiesOf = (html: string) =>
  [...html.matchAll(/class="comment-body"[^>]*>([^<]*)</g)].map(([, body]) => body)

test('only published comments are shown, the last day first, in pages by key that miss and repeat none', async () => {
  const first = await get(clause)
  expect(first).toContain('45 条')
  const pages = [first]
  for (;;) {
    const next = /class="button" href="([^"]*after=[^"]*)"/.exec(pages.at(-1) ?? '')?.[1]
    if (!next) break
    pages.push(await get(next))
  }
  expect(pages).toHaveLength(3)
  const shown = pages.flatMap(bodiesOf)
  for (const [day, bodies] of days.toReversed().entries()) {
    expect(shown.slice(day * 15, day * 15 + 15).toSorted()).toEqual(bodies.toSorted())
  }
  expect(pages[1]).toContain('回到最新的意见')
})

test('the draft and the home page count what is published', async () => {
  expect(await get('/consultations/shanxi-laoqu')).toContain('>45 条意见</a>')
  expect(await get('/')).toContain('已公开 46 条意见')
})

test('a page that begins nowhere is not found', async () => {
  for (const after of ['x', "'; drop table comments", '%00']) {
    expect((await portal.app.inject(`${clause}?after=${encodeURIComponent(after)}`)).statusCode).toBe(404)
  }
})

test('a quoted sentence and the comment that quotes it lead to one another', async () => {
  const page = await get('/consultations/shanxi-laoqu/clauses/p10')
  const [, start] = /id="(s\d+)">推进新建晋城机场/.exec(page) ?? []
  expect(page).toContain(`<a href="/consultations/shanxi-laoqu/clauses/p10#${start}">${quote}</a>`)
  expect(page).toContain(`href="#c-${quotingId}" aria-label="本页有 1 条意见引用这一句"`)
})

test('the clauses that name a reader’s place are marked', async () => {
  const draft = (near: string) => get(`/consultations/shanxi-laoqu?near=${encodeURIComponent(near)}`)
  expect(await draft('晋城市')).toContain('<div class="clause is-near" id="p10">')
  expect(await draft('月球')).not.toContain('is-near')
})
