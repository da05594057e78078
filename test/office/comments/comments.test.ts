import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { arrivalCounts, commentCounts } from '../../../db/schema/index.ts'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { filledPortal } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('reading goes through all comments page by page, each once', async () => {
  const seen: string[] = []
  for (let next: string | undefined = '/office/shanxi-laoqu/comments'; next; ) {
    const { body }: { body: string } = await drafter.get(next)
    seen.push(...[...body.matchAll(/id="c-([^"]+)"/g)].map((match) => match[1] ?? ''))
    next = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toHaveLength(100)
  expect(new Set(seen).size).toBe(100)
})

test('filters narrow, and say their counts', async () => {
  const { body } = await drafter.get('/office/shanxi-laoqu/comments?state=withheld&stance=oppose')
  expect(body.match(/class="read-comment"/g)).toHaveLength(5)
  expect(body).toMatch(/<span>反对<\/span>\s*<span class="number">5<\/span>/)
})

test.each([
  '?clause=nothing&stance=%00&state[]=a&region=%ED%A0%80',
  '?after=p1',
  '?after=..',
  '?after=p1.%00',
  `?region=${'长'.repeat(3000)}`,
  '?clause=p1&clause=p2',
])('an address that asks for nonsense is read as far as it makes sense: %s', async (query) => {
  expect((await drafter.get(`/office/shanxi-laoqu/comments${query}`)).statusCode).toBe(200)
})

const bySender = [
  'identity=expert',
  `region=${encodeURIComponent('武乡县')}&state=published`,
  'channel=letter',
]

async function read(query: string) {
  const { body } = await drafter.get(`/office/shanxi-laoqu/comments?${query}`)
  const ids = Array.from(body.matchAll(/id="c-([^"]+)"/g), ([, id]) => id)
  return { ids, found: Number(/符合条件的意见 <strong>(\d+)/.exec(body)?.[1] ?? Number.NaN), body }
}

/** Until the test is over. */
async function countAThousandfold() {
  const { count } = commentCounts
  await portal.db.query.update(commentCounts).set({ count: sql`${count} * 1000` })
  onTestFinished(async () => {
    await portal.db.query.update(commentCounts).set({ count: sql`${count} / 1000` })
  })
}

test('among many comments, what few people have sent is found by who sent it, and counted', async () => {
  const before = await Promise.all(bySender.map(read))
  expect(before.every(({ ids, found }) => ids.length > 0 && found >= ids.length)).toBe(true)
  await countAThousandfold()
  const after = await Promise.all(bySender.map(read))
  expect(after.map(({ ids, found }) => [ids, found])).toEqual(before.map(({ ids, found }) => [ids, found]))
})

test('what many have sent is read, and not counted', async () => {
  const before = await Promise.all(bySender.map(read))
  await countAThousandfold()
  await portal.db.query.update(arrivalCounts).set({ comments: sql`${arrivalCounts.comments} * 1000` })
  onTestFinished(async () => {
    await portal.db.query.update(arrivalCounts).set({ comments: sql`${arrivalCounts.comments} / 1000` })
  })
  const after = await Promise.all(bySender.map(read))
  expect(after.map(({ ids }) => ids)).toEqual(before.map(({ ids }) => ids))
  for (const { body, found } of after) {
    expect(found).toBeNaN()
    expect(body).toContain('符合条件的意见按条款顺序排列；收到的意见较多，按这些条件不计数。')
    expect(body).toMatch(/<span>反对<\/span>\s*<\/a>/)
  }
  expect((await read('stance=oppose')).found).toBeGreaterThan(0)
})
