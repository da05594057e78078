import { afterAll, beforeAll, expect, test } from 'vitest'
import { commentCounts, comments } from '../../db/schema/index.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { csvRows } from '../documents/papers/read-back.ts'
import { type Authors, bound, clauses, right, sentBy } from './linker.ts'

const people = 1000
const base = '/consultations/shanxi-laoqu'

let portal: TestPortal
let authors: Authors

beforeAll(async () => {
  portal = await buildTestApp()
  authors = await sentBy(portal, people)
  const { db, clock } = portal
  const now = { publishedAt: clock.now, publishedDay: shanghaiDay(clock.now) }
  await db.query.update(comments).set({ state: 'published', ...now })
  await db.query.update(commentCounts).set({ state: 'published' })
})
afterAll(() => portal.close())

const by = (rows: Record<string, string>[], key: (row: Record<string, string>) => string) =>
  rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ body = '' }) => body)

const read = async (url: string) => (await portal.app.inject(url)).body

/** All pages from this one on, as a reader turns them. */
async function turned(first: string): Promise<string[]> {
  const bodies: string[] = []
  for (let next: string | undefined = first; next; ) {
    const page = await read(next)
    bodies.push(...Array.from(page.matchAll(/class="comment-body"[^>]*>([^<]*)</g), ([, body = '']) => body))
    next = /class="pages"[^>]*>\s*<a class="button" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }
  return bodies
}

test('neither ids nor times nor the order of any file or page tell which comments are one person’s', async () => {
  const { comments: json } = JSON.parse(await read(`${base}/comments.json`))
  const csv = csvRows(Buffer.from(await read(`${base}/comments.csv?lang=en`)))
  const guesses = {
    'as the JSON has them': right(
      authors,
      json.map(({ body }: { body: string }) => body),
    ),
    'as the CSV has them': right(
      authors,
      csv.map(({ body = '' }) => body),
    ),
    'by id': right(
      authors,
      by(json, (row) => row.comment_id ?? ''),
    ),
    'by id, backwards': right(
      authors,
      by(json, (row) => [...(row.comment_id ?? '')].reverse().join('')),
    ),
    'by the last part of the id': right(
      authors,
      by(json, (row) => row.comment_id?.split('-').at(-1) ?? ''),
    ),
    'by times, then by id': right(
      authors,
      by(json, (row) => `${row.received_at} ${row.published_at} ${row.comment_id}`),
    ),
    'as the list has them': right(authors, await turned(`${base}/comments`)),
  }
  for (const [how, hits] of Object.entries(guesses)) expect([how, hits <= bound]).toEqual([how, true])
})

test('who sees an inner id or the moment of a comment could tell: the guesses are good enough', async () => {
  const rows = await portal.db.query
    .select({ id: comments.id, body: comments.body, createdAt: comments.createdAt })
    .from(comments)
  const told = rows.map(({ createdAt, ...row }) => ({ ...row, at: createdAt.toISOString() }))
  expect(
    right(
      authors,
      by(told, ({ id = '' }) => id),
    ),
  ).toBeGreaterThan(people)
  expect(
    right(
      authors,
      by(told, ({ at = '', id = '' }) => `${at} ${id.slice(-4)}`),
    ),
  ).toBeGreaterThan(5 * bound)
})

test('of one day the comments on a clause stand in the order of their ids, which are chance', async () => {
  const { comments: json } = JSON.parse(await read(`${base}/comments.json`))
  const ids = (clause: string) =>
    json.flatMap((row: Record<string, string>) => (row.clause === clause ? [row.comment_id] : []))
  for (const clause of clauses) expect(ids(clause), clause).toEqual(ids(clause).toSorted())
})

test('the public is told days, the feed hours', async () => {
  const { comments: json } = JSON.parse(await read(`${base}/comments.json`))
  const days = new Set(json.flatMap((row: Record<string, string>) => [row.received_at, row.published_at]))
  expect([...days]).toEqual(['2026-11-23'])
  const annotations = JSON.parse(await read(`${base}/comments.jsonld`)).items
  const created = new Set(annotations.map((one: { created: string }) => one.created))
  expect([...created]).toEqual(['2026-11-23T00:00:00+08:00'])
  const shown = (await read(`${base}/comments`)).match(/<time datetime="[^"]+/g)
  expect(new Set(shown)).toEqual(new Set(['<time datetime="2026-11-23']))
  const feed = await read(`${base}/feed.atom`)
  expect(new Set(feed.match(/<updated>[^<]+/g))).toEqual(new Set(['<updated>2026-11-23T02:00:00.000Z']))
})
