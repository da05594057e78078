import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { claim } from '../../db/queries/moderation/claims.ts'
import { keptCounts, queueCount, queuedIds } from '../../db/queries/moderation/queue.ts'
import { waitingIn } from '../../db/queries/moderation/queue-conditions.ts'
import { appeal, withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import { appeals, comments, consultations } from '../../db/schema/index.ts'
import { grouping } from '../../server/jobs/campaigns.ts'
import { examining } from '../../server/jobs/examinations.ts'
import { countedName, mostCounted } from '../../server/rules/counted.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { doSome } from '../jobs/doing.ts'
import { sharedPortal } from '../shared-portal.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment, type StoredComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn
/** What waits, by what is told apart. */
const made: Record<string, StoredComment> = {}

const letter = '请在第七条写明办理时限和责任单位，逾期不办的要说明理由，方便群众监督。'
const told = {
  first: { body: '同意这一条，没有别的意见' },
  telephone: { body: '请打我的手机13812345678联系' },
  copy: { body: letter, clause: 'p9' },
  another: { body: `${letter}我家就是这样。`, clause: 'p9' },
  opposed: { body: '不赞成收费', stance: 'oppose' },
  appealed: { body: '说我的意见是广告，不对' },
  claimed: { body: '有人正在看的意见' },
}
const hour = 60 * 60 * 1000
const day = 24 * hour

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  for (const [name, part] of Object.entries(told)) {
    portal.clock.now = new Date(portal.clock.now.getTime() + day)
    made[name] = await aComment(portal, part)
  }
  const { deps, db, clock } = portal
  await doSome(deps, examining)
  await doSome(deps, grouping)
  moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation')
  await moderator.post(`/moderation/comments/${made.appealed?.publicId}/decision`, {
    admission: 'refused',
    publication: 'withheld',
    reason: 'advertising',
    version: '1',
  })
  const [refused] = await db.query
    .select()
    .from(comments)
    .where(eq(comments.id, made.appealed?.id ?? ''))
  if (refused?.state === 'refused') await appeal(db, words(refused), '', clock.now)
  await claim(db, made.claimed?.id ?? '', { staffId: moderator.id, now: clock.now })
  return portal
})

/** Proposals are of two kinds in the schema's type, of any in the row's. */
function words(row: typeof comments.$inferSelect) {
  return { ...row, proposal: null, wording: null, quote: null }
}

/** The waiting comments that the queue's page lists at this address, in its order, and what its pill says. */
async function listed(query: string): Promise<{ names: (string | undefined)[]; pill: string | undefined }> {
  const { body, statusCode } = await moderator.get(`/moderation?${query}`)
  expect(statusCode).toBe(200)
  const names = [...body.matchAll(/<li id="row-([^"]+)"/g)].map(
    ([, id]) => Object.entries(made).find(([, { publicId }]) => publicId === id)?.[0],
  )
  const pill = /aria-current="true">([^<]+) <span class="number">([^<]+)</.exec(body)
  return { names, pill: pill ? `${pill[1]} ${pill[2]}` : undefined }
}

test.each([
  ['', ['first', 'telephone', 'copy', 'another', 'opposed', 'appealed', 'claimed'], '全部 7'],
  ['only=personal', ['telephone'], '含个人信息 1'],
  ['only=campaign', ['copy', 'another'], '同类意见 2'],
  ['only=appealed', ['appealed'], '申请复核 1'],
  ['only=mine', ['claimed'], '我认领的 1'],
  ['only=late', ['first', 'telephone', 'copy', 'another'], '临近或超过时限 4'],
  ['only=after_closing', [], '逾期收到 0'],
  ['clause=p9', ['copy', 'another'], '全部 2'],
  ['stance=oppose', ['opposed'], '全部 1'],
  ['clause=p9&only=personal', [], '含个人信息 0'],
  ['clause=p9&stance=amend&only=late', ['copy', 'another'], '临近或超过时限 2'],
  ['state=refused', [], '全部 0'],
])('?%s lists %j under %s', async (query, names, pill) => {
  expect(await listed(query)).toEqual({ names, pill })
})

test('a page begins behind the comment that its address names', async () => {
  expect((await listed(`after=${made.another?.publicId}`)).names).toEqual(['opposed', 'appealed', 'claimed'])
  expect((await listed(`only=late&after=${made.telephone?.publicId}`)).names).toEqual(['copy', 'another'])
})

test('an appeal that was heard is no longer among those that wait for it', async () => {
  const { db, clock } = portal
  const { id } = await aComment(portal)
  const values = { commentId: id, grounds: '', review: 1, createdAt: clock.now, outcome: 'upheld' }
  await db.query.insert(appeals).values(values)
  expect((await listed('only=appealed')).names).toEqual(['appealed'])
  const [row] = await db.query.select().from(comments).where(eq(comments.id, id))
  if (row) await withdraw(db, words(row), clock.now)
})

test('comments of several consultations stand in one order, and clauses are offered for one alone', async () => {
  anewAfter()
  const { db, clock } = portal
  const seed = await findConsultation(db, 'shanxi-laoqu')
  if (!seed) throw new Error('the seed is not loaded')
  const second = { ...seed, id: crypto.randomUUID(), slug: 'second', title: '另一次征求意见' }
  await db.query.insert(consultations).values(second)
  expect((await moderator.get('/moderation?consultation=shanxi-laoqu')).body).toContain('name="clause"')
  clock.now = new Date(clock.now.getTime() + day)
  const elsewhere = await aComment(portal, {}, { consultationId: second.id })
  clock.now = new Date(clock.now.getTime() + day)
  const last = await aComment(portal)
  const filters = waitingIn([second.id, seed.id])
  const counts = await keptCounts(db, filters)
  const ids = await queuedIds(db, filters, counts, made.appealed?.publicId ?? null, 3, clock.now)
  expect(ids).toEqual([made.claimed?.id, elsewhere.id, last.id])
  expect(await queueCount(db, filters, counts, clock.now)).toBe(9)
  moderator = await signIn(portal, 'moderator')
  expect((await moderator.get('/moderation')).body).not.toContain('name="clause"')
  expect(await queuedIds(db, waitingIn([]), await keptCounts(db, waitingIn([])), null, 3, clock.now)).toEqual(
    [],
  )
})

test('of one day they stand by chance, page by page, and the longest wait is that of the first to come', async () => {
  anewAfter()
  const { clock } = portal
  clock.now = new Date(clock.now.getTime() + day)
  const first = clock.now
  const ofOneDay: string[] = []
  for (let count = 0; count < 30; count += 1) {
    clock.now = new Date(first.getTime() + count * 60_000)
    ofOneDay.push((await aComment(portal, { clause: 'p1' })).publicId)
  }
  clock.now = new Date(first.getTime() + 50 * hour)
  moderator = await signIn(portal, 'moderator')
  const page = await moderator.get('/moderation?clause=p1')
  expect(page.body).toContain('最早一条已等 2 天 2 小时')
  const [, next = ''] = /<a rel="next" href="([^"]+)"/.exec(page.body) ?? []
  const behind = await moderator.get(next.replaceAll('&amp;', '&'))
  expect(behind.body).not.toContain('最早一条已等')
  const listed = [page, behind].flatMap(({ body }) =>
    Array.from(body.matchAll(/<li id="row-([^"]+)"/g), ([, id = '']) => id),
  )
  expect(listed).toEqual(ofOneDay.toSorted())
})

test('what was not counted to its end says so', () => {
  expect([countedName(0), countedName(mostCounted), countedName(mostCounted + 1)]).toEqual([
    '0',
    '1000',
    '1000 以上',
  ])
})
