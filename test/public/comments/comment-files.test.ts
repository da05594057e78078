import { afterEach, beforeEach, expect, test } from 'vitest'
import { consultations } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../decided.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
  await submitComment(portal, 'p3', '公开的一条意见，=1+1。', {
    name: '朱小明',
    show_name: '1',
    contact: '13800138000',
  })
  await submitComment(portal, 'p5', '没有公开的一条意见。')
  await decided(portal, '公开的一条意见，=1+1。', 'published')
})
afterEach(() => portal.close())

const get = (kind: string, headers: Record<string, string> = {}) =>
  portal.app.inject({ url: `/consultations/shanxi-laoqu/comments.${kind}`, headers })

test.each([
  ['csv', 'text/csv; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['jsonld', 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'],
])('%s holds what is published and nothing personal', async (kind, type) => {
  const file = await get(kind)
  expect(file.statusCode).toBe(200)
  expect(file.headers['content-type']).toBe(type)
  expect(file.headers['content-disposition']).toContain(encodeURIComponent(`公开的意见.${kind}`))
  expect(file.headers['cache-control']).toBe('public, max-age=0, s-maxage=10')
  expect(file.headers['set-cookie']).toBeUndefined()
  expect(file.body).toContain('公开的一条意见')
  for (const secret of ['没有公开', '小明', '13800138000']) expect(file.body).not.toContain(secret)
})

test('the JSON is one list, the annotations name the portal, the CSV has Chinese heads or identifiers', async () => {
  expect((await get('json')).json()).toMatchObject({
    consultation: 'shanxi-laoqu',
    scope: 'public',
    comments: [{ clause: 'p3', body: '公开的一条意见，=1+1。' }],
  })
  const { items } = (await get('jsonld')).json()
  expect(items[0].target.source).toBe('http://localhost:80/consultations/shanxi-laoqu/clauses/p3')
  expect((await get('csv')).body).toMatch(/^\ufeff意见编号,/)
  expect((await get('csv?lang=en')).body).toMatch(/^\ufeffcomment_id,/)
})

test('whoever has the file is told so until something public changes', async () => {
  const etag = String((await get('csv')).headers.etag)
  expect((await get('csv', { 'if-none-match': etag })).statusCode).toBe(304)
  await decided(portal, '没有公开的一条意见。', 'published')
  const changed = await get('csv', { 'if-none-match': etag })
  expect(changed.statusCode).toBe(200)
  expect(changed.body).toContain('没有公开的一条意见')
})

test('the head alone reads no comment', async () => {
  let read = 0
  const { select } = portal.db.query
  portal.db.query.select = ((...given: Parameters<typeof select>) => {
    read++
    return select.apply(portal.db.query, given)
  }) as typeof select
  const ask = async (method: 'HEAD' | 'GET') => {
    read = 0
    const { statusCode, headers } = await portal.app.inject({
      method,
      url: '/consultations/shanxi-laoqu/comments.csv',
    })
    return { statusCode, type: headers['content-type'], read }
  }
  const [head, whole] = [await ask('HEAD'), await ask('GET')]
  portal.db.query.select = select
  expect(head).toMatchObject({ statusCode: 200, type: whole.type })
  expect(head.read).toBeLessThan(whole.read)
})

test('a file holds comments only from when the pages show them', async () => {
  await portal.db.query.update(consultations).set({ publicationPolicy: 'after_closing' })
  expect((await get('json')).json().comments).toEqual([])
  portal.clock.now = new Date('2027-01-01T00:00:00Z')
  expect((await get('json')).json().comments).toHaveLength(1)
})
