import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../decided.ts'

let portal: TestPortal
const base = '/consultations/shanxi-laoqu'
const airport = '建议把吕梁机场航线补贴也写进来。'
const orchard = '苹果种植户希望补贴标准写清楚。'
const hidden = '这一条提到机场，但还没有审核。'

beforeAll(async () => {
  portal = await buildTestApp()
  await submitComment(portal, 'p10', airport, { region: '吕梁市', 'comments[0][stance]': 'amend' })
  await submitComment(portal, 'p3', orchard, { region: '临汾市吉县', identity: 'expert' })
  await submitComment(portal, 'p10', hidden)
  await decided(portal, airport, 'published')
  await decided(portal, orchard, 'published')
})
afterAll(() => portal.close())

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
])('%o finds what is published', async (query, bodies) => {
  expect(bodiesOf(await search(query as Record<string, string>)).toSorted()).toEqual(bodies.toSorted())
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
  for (const other of ['x', '%00', '00000000-0000-7000-8000-000000000000']) {
    expect((await portal.app.inject(`${base}/comments/${other}`)).statusCode).toBe(404)
  }
})
