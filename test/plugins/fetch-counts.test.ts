import { expect, test } from 'vitest'
import { fetches } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { decided } from '../public/decided.ts'
import { sharedPortal } from '../shared-portal.ts'

let portal: TestPortal

sharedPortal(async () => {
  portal = await buildTestApp()
  return portal
})

const base = '/consultations/shanxi-laoqu'

const counts = async () => {
  await portal.app.keepFetches()
  const rows = await portal.db.query.select().from(fetches)
  return rows.map(({ page, count }) => [page, count])
}

/** The same address, one letter after another percent-encoded. */
const written = (path: string) =>
  Array.from(path, (letter, at) =>
    letter === '/' ? path : `${path.slice(0, at)}%${letter.charCodeAt(0).toString(16)}${path.slice(at + 1)}`,
  )

test('a page is one row however its address is written, so that nobody fills the table by reading', async () => {
  await aComment(portal, { body: '写法不同。', clause: 'p3' })
  const id = await decided(portal, '写法不同。', 'published')
  await portal.app.keepFetches()
  await portal.db.query.delete(fetches)
  const ways = [...written(`${base}/clauses/p3`), ...written(`${base}/comments/${id}`)]
  for (const url of ways) expect([url, (await portal.app.inject(url)).statusCode]).toEqual([url, 200])
  expect((await counts()).toSorted()).toEqual([
    ['/clauses/p3', `${base}/clauses/p3`.length],
    [`/comments/${id}`, `${base}/comments/${id}`.length],
  ])
})

test('what became of a report of personal data stands at one address alone', async () => {
  await aComment(portal, { body: '有人反映。', clause: 'p3' })
  const id = await decided(portal, '有人反映。', 'published')
  const reported = await portal.app.inject({ method: 'POST', url: `${base}/comments/${id}/privacy-reports` })
  const address = String(reported.headers.location)
  expect((await portal.app.inject(address)).statusCode).toBe(200)
  for (const tail of ['x', '%20', '.html'])
    expect((await portal.app.inject(address + tail)).statusCode).toBe(404)
})
