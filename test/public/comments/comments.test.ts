import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../decided.ts'

let portal: TestPortal
const base = '/consultations/shanxi-laoqu'
const airport = '建议把吕梁机场航线补贴也写进来。'
const orchard = '苹果种植户希望补贴标准写清楚。'
const hidden = '这一条提到机场，但还没有审核。'

async function setUp(): Promise<void> {
  portal = await buildTestApp()
  await submitComment(portal, 'p10', airport, { region: '吕梁市', 'comments[0][stance]': 'amend' })
  await submitComment(portal, 'p3', orchard, { region: '临汾市吉县', identity: 'expert' })
  await submitComment(portal, 'p10', hidden)
  await decided(portal, airport, 'published')
  await decided(portal, orchard, 'published')
}
beforeAll(setUp)
afterAll(() => portal.close())

/** For a test that leaves the portal otherwise than the others expect it. */
async function anew(): Promise<void> {
  await portal.close()
  await setUp()
}

const search = async (query: Record<string, string>) =>
  (await portal.app.inject({ url: `${base}/comments`, query })).body
const bodiesOf = (html: string) =>
  [...html.matchAll(/class="comment-body"[^>]*>([^<]*)</g)].map(([, body]) => body)

test.each([
  [{}, [orchard, airport]],
  [{ q: '机场' }, [airport]],
  [{ q: '补贴' }, [orchard, airport]],
  [{ q: '补贴 机场' }, [airport]],
  [{ q: '没有这样的词' }, []],
  [{ clause: 'p3' }, [orchard]],
  [{ stance: 'amend' }, [airport]],
  [{ identity: 'expert' }, [orchard]],
  [{ region: '临汾市' }, [orchard]],
  [{ q: '补贴', region: '吕梁市' }, [airport]],
  [{ clause: 'p99', stance: "' or 1=1" }, [orchard, airport]],
])('%o finds what is published, newest first', async (query, bodies) => {
  expect(bodiesOf(await search(query as Record<string, string>))).toEqual(bodies)
})

test('a search covers the draft’s own text too', async () => {
  const found = await search({ q: '晋城机场' })
  expect(found).toContain('推进新建<mark>晋城机场</mark>和长治机场迁建')
  expect(found).toContain(`href="${base}#p10"`)
})

test.each(['%', '"', "'; drop table comments; --", '\0', '\ud800', '*'.repeat(5000), '(', '：'])(
  'looking for %j is no trouble',
  async (q) => {
    expect((await portal.app.inject({ url: `${base}/comments`, query: { q } })).statusCode).toBe(200)
  },
)

test('each published comment has its own address, and no other comment has', async () => {
  const [, id] = /id="c-([^"]+)"/.exec(await search({ q: '机场' })) ?? []
  const page = await portal.app.inject(`${base}/comments/${id}`)
  expect(page.statusCode).toBe(200)
  expect(bodiesOf(page.body)).toEqual([airport])
  for (const other of ['x', '00000000-0000-7000-8000-000000000000']) {
    expect((await portal.app.inject(`${base}/comments/${other}`)).statusCode).toBe(404)
  }
})

test('the feed begins with what was published last, whenever it came in', async () => {
  onTestFinished(anew)
  portal.clock.now = new Date('2026-11-25T02:00:00Z')
  const early = '一条早来而晚公开的意见。'
  const late = '一条晚来而先公开的意见。'
  await submitComment(portal, 'p9', early)
  portal.clock.now = new Date('2026-11-26T02:00:00Z')
  await submitComment(portal, 'p9', late)
  await decided(portal, late, 'published')
  portal.clock.now = new Date('2026-11-27T02:00:00Z')
  await decided(portal, early, 'published')
  const { body } = await portal.app.inject(`${base}/feed.atom`)
  expect(body.indexOf(early)).toBeLessThan(body.indexOf(late))
  expect(body.match(/<updated>([^<]+)/g)?.slice(0, 3)).toEqual([
    '<updated>2026-11-27T02:00:00.000Z',
    '<updated>2026-11-27T02:00:00.000Z',
    '<updated>2026-11-26T02:00:00.000Z',
  ])
})

test('the feed and the sitemap tell programs', async () => {
  const feed = await portal.app.inject(`${base}/feed.atom`)
  expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
  expect(feed.body).toContain(`<content type="text">${airport}</content>`)
  expect(feed.body).not.toContain(hidden)
  const sitemap = await portal.app.inject('/sitemap.xml')
  expect(sitemap.body.match(/<loc>/g)).toHaveLength(26)
  expect((await portal.app.inject('/robots.txt')).body).toContain('/sitemap.xml')
})
