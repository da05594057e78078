import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { dropResponse } from '../../../db/queries/answers/responses.ts'
import { indexForStaff, unindexed } from '../../../db/queries/comments/search-entries.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { arrivalCounts, commentCounts, comments } from '../../../db/schema/index.ts'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, filledPortal, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('reading goes through all comments page by page, each once', async () => {
  const seen: string[] = []
  for (let next: string | undefined = '/office/shanxi-laoqu/comments?answered=all'; next; ) {
    const { body }: { body: string } = await drafter.get(next)
    seen.push(...[...body.matchAll(/id="c-([^"]+)"/g)].map((match) => match[1] ?? ''))
    next = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toHaveLength(100)
  expect(new Set(seen).size).toBe(100)
})

test('reading begins with what was admitted and nobody has answered, and says so', async () => {
  const ids = (body: string) => Array.from(body.matchAll(/id="c-([^"]+)"/g), ([, id]) => id)
  const first = await drafter.get('/office/shanxi-laoqu/comments')
  expect(first.body).toContain('先列纳入研究而未答复的意见。')
  expect(first.body).toMatch(/aria-current="true">\s*<span>未答复/)
  expect(first.body).toContain('符合条件的意见 <strong>40</strong> 条')
  expect(ids(first.body)).toEqual(ids((await drafter.get('/office/shanxi-laoqu/comments?answered=no')).body))
  const [, everything = ''] = /href="([^"]+)">查看全部意见/.exec(first.body) ?? []
  const all = await drafter.get(everything)
  expect(all.body).toContain('符合条件的意见 <strong>100</strong> 条')
  expect(all.body).not.toContain('先列纳入研究而未答复')
  // Whoever asks for anything gets that and no more.
  const pending = await drafter.get('/office/shanxi-laoqu/comments?state=pending')
  expect(pending.body).toContain('符合条件的意见 <strong>20</strong> 条')
  const [, whole = ''] = /href="([^"]+)"[^>]*>\s*<span>全部<\/span>/.exec(pending.body) ?? []
  expect((await drafter.get(whole.replaceAll('&amp;', '&'))).body).toContain('<strong>100</strong> 条')
})

test('a link ticks the whole page', async () => {
  const { body } = await drafter.get('/office/shanxi-laoqu/comments?state=withheld')
  const boxes = body.match(/type="checkbox" name="comment"/g) ?? []
  expect(boxes.length).toBe(20)
  expect(body).not.toContain(' checked')
  const [, ticking = ''] = /href="([^"]+)" data-ticks="comment">全选本页/.exec(body) ?? []
  const ticked = await drafter.get(ticking.replaceAll('&amp;', '&'))
  expect(ticked.body.match(/type="checkbox" name="comment" value="[^"]+" checked/g)).toHaveLength(20)
  expect(ticked.body).toContain('全不选')
})

test('a long text is folded, and stands open where what was looked for is in its end', async () => {
  const other = await findConsultation(portal.db, 'other')
  if (!other) throw new Error('the other consultation is not there')
  const start = '建议细化支持措施。'.repeat(30)
  const end = `${'并公布进度。'.repeat(30)}另附冷链方案。`
  await say(portal.db, other, [{ ...amendment, clause: 'p1', body: start + end }])
  await indexForStaff(portal.db, await unindexed(portal.db, 200))
  const read = async (query: string) => (await drafter.get(`/office/other/comments${query}`)).body
  const folded = await read('')
  expect(folded).toMatch(/<details class="folded">\s*<summary>其余 \d+ 字<\/summary>/)
  const told = folded.replace(/<summary>[^<]*<\/summary>|<[^>]+>/g, '').replace(/\s+/g, '')
  expect(told).toContain(start + end)
  expect(await read(`?words=${encodeURIComponent('冷链')}`)).toContain('<details class="folded" open>')
})

test('beside the search it says that two words have to stand together', async () => {
  const { body } = await drafter.get('/office/shanxi-laoqu/comments')
  expect(body).toMatch(/aria-describedby="words-hint"/)
  expect(body).toContain('两个词用空格隔开，须同时出现')
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
  `region=${encodeURIComponent('长治市武乡县')}&state=published`,
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

test('among many comments, what nobody has answered is counted from what is kept', async () => {
  const { db, clock } = portal
  const [comment] = await db.query.select().from(comments).where(eq(comments.state, 'published')).limit(1)
  const target = { kind: 'comments' as const, ids: [comment?.publicId ?? ''] }
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  const by = { staffId: drafter.id, now: clock.now }
  const id = await draftResponse(db, comment?.consultationId ?? '', target, answer, by)
  onTestFinished(() => dropResponse(db, comment?.consultationId ?? '', id, by))
  const readings = ['answered=no', 'answered=open', `answered=no&clause=${comment?.clause}`]
  const before = await Promise.all(readings.map(read))
  expect(before.map(({ found }) => found).slice(0, 2)).toEqual([39, 40])
  await countAThousandfold()
  const after = await Promise.all(readings.map(read))
  expect(after.map(({ ids }) => ids)).toEqual(before.map(({ ids }) => ids))
  expect(after.map(({ found }) => found)).toEqual([39_999, 40_000, 1000 * ((before[2]?.found ?? 0) + 1) - 1])
  expect((await read('answered=no&stance=oppose')).found).toBeNaN()
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
