import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { concernsOf, findConcern } from '../../../db/queries/points/concerns.ts'
import { pointsOfConcern } from '../../../db/queries/points/listed-points.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { log, revisedWordings, wordingConcerns } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let one: SignedIn
let other: SignedIn
const office = '/office/shanxi-laoqu'
const answer = { outcome: 'adopted', reason: '已写明。', summary: '写明期限' }

sharedPortal(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  one = await signIn(portal, 'drafter')
  other = await signIn(portal, 'drafter', 'approver')
  await Promise.all([one.get(`${office}/points`), other.get(`${office}/points`)])
  return portal
})

/** Two concerns, of three points and of two. */
let a: string
let b: string
beforeEach(async () => {
  const ids = await say(
    portal.db,
    consultation,
    ['期限。', '几年？', '三年。', '标准。', '多少？'].map((body) => ({ ...amendment, body })),
  )
  a = await made('写明期限', ids.slice(0, 3))
  b = await made('写明标准', ids.slice(3))
})

const idIn = (sent: { headers: Record<string, unknown> }) =>
  String(sent.headers.location).split('/').at(-1) ?? ''
const made = async (sentence: string, comment: string[]) =>
  idIn(await one.post(`${office}/concerns`, { sentence, clause: 'p7', comment }))
const said = async (concern: string) =>
  (await pointsOfConcern(portal.db, concern, null, 100)).map(({ text }) => text).sort()
const idsOf = async (concern: string) =>
  (await pointsOfConcern(portal.db, concern, null, 100)).map(({ id }) => id ?? '')
const undo = async (concern: string, who = one) => {
  const { body } = await who.get(`${office}/concerns/${concern}`)
  const move = /name="move" value="([^"]+)"/.exec(body)?.[1]
  return who.post(`${office}/concerns/${concern}/undoing`, { move })
}
const holds = async () => expect(await wrongCounts(portal.db)).toEqual([])

test('points that are ticked go from one concern into another, and back', async () => {
  const draft = await one.post(`${office}/responses`, { ...answer, concern: a })
  const [first = ''] = await idsOf(a)
  const moving = { from: a, into: b, point: [first] }
  const sent = await one.post(`${office}/concerns/points`, moving)
  expect(sent.headers.location).toBe(`${office}/concerns/${b}`)
  expect([(await said(a)).length, (await said(b)).length]).toEqual([2, 3])
  expect((await one.get(`${office}/concerns/${b}`)).body).toContain('归入 1 条')
  // It has left what is drafted for the concern in which it was.
  expect((await one.get(String(draft.headers.location))).body).toContain('用于 2 条具体意见')
  await holds()
  expect((await undo(b)).statusCode).toBe(303)
  expect([(await said(a)).length, (await said(b)).length]).toEqual([3, 2])
  expect((await one.get(String(draft.headers.location))).body).toContain('用于 3 条具体意见')
  const [entry] = await portal.db.query.select().from(log).where(eq(log.act, 'concern.undo'))
  expect(entry?.detail).toMatchObject({ undone: 'gather', points: [first] })
  await holds()
})

test('what was let go comes back, and what was undone is not undone twice', async () => {
  const [first = ''] = await idsOf(a)
  await one.post(`${office}/concerns/${a}/points/removal`, { point: [first] })
  const { body } = await one.get(`${office}/concerns/${a}`)
  const move = /name="move" value="([^"]+)"/.exec(body)?.[1]
  const undone = await Promise.all(
    [one, other].map((who) => who.post(`${office}/concerns/${a}/undoing`, { move })),
  )
  expect(undone.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  expect(await said(a)).toHaveLength(3)
  await holds()
})

test('a concern is parted into two, and when that is undone the empty one can be removed', async () => {
  const [first = ''] = await idsOf(a)
  const parted = await one.post(`${office}/concerns`, {
    from: a,
    sentence: '写明几年',
    clause: 'p7',
    point: [first],
  })
  const c = idIn(parted)
  expect([(await said(a)).length, (await said(c)).length]).toEqual([2, 1])
  expect((await one.post(`${office}/concerns/${c}/removal`, {})).statusCode).toBe(409)
  await undo(c)
  expect([(await said(a)).length, (await said(c)).length]).toEqual([3, 0])
  expect((await one.get(`${office}/concerns/${c}`)).body).toContain('删除这条归并意见')
  expect((await one.post(`${office}/concerns/${c}/removal`, {})).statusCode).toBe(303)
  expect((await one.get(`${office}/concerns/${c}`)).statusCode).toBe(404)
  await holds()
})

test('a concern that was merged is there again with its words, its points and its draft', async () => {
  const draft = await one.post(`${office}/responses`, { ...answer, concern: a })
  await one.post(`${office}/concerns/${a}`, { sentence: '写明贴息期限', clause: 'p8', revision: '1' })
  await one.post(`${office}/concerns/${a}/merger`, { into: b })
  expect(await said(b)).toHaveLength(5)
  await holds()
  expect((await undo(b)).statusCode).toBe(303)
  expect(await findConcern(portal.db, consultation.id, a)).toMatchObject({
    ...{ sentence: '写明贴息期限', clause: 'p8', count: 3 },
    response: { id: idIn(draft) },
  })
  expect(await said(b)).toEqual(['多少？', '标准。'])
  const versions = await one.get(`${office}/versions/concern/${a}`)
  expect(versions.body).toContain('第 4 版')
  expect(
    (await one.post(`${office}/concerns/${a}`, { sentence: '再改', clause: 'p7', revision: '4' })).statusCode,
  ).toBe(303)
  await holds()
})

test('the wordings that a merged concern was behind have it behind them again, and the other where it was', async () => {
  const { id: consultationId } = consultation
  const wording = (id: string, clause: string) => ({
    ...{ id, consultationId, round: 1, clause, text: '改了', reason: '', isApproved: true },
    ...{ staffId: one.id, updatedAt: portal.clock.now },
  })
  await portal.db.atomically((tx) => [
    tx.insert(revisedWordings).values([wording('w1', 'p7'), wording('w2', 'p8')]),
    tx.insert(wordingConcerns).values([
      { wordingId: 'w1', concernId: a },
      { wordingId: 'w2', concernId: a },
      { wordingId: 'w2', concernId: b },
    ]),
  ])
  const behind = async () =>
    (await portal.db.query.select().from(wordingConcerns))
      .map(({ wordingId, concernId }) => `${wordingId} ${concernId === a ? 'a' : 'b'}`)
      .sort()
  await one.post(`${office}/concerns/${a}/merger`, { into: b })
  expect(await behind()).toEqual(['w1 b', 'w2 b'])
  expect((await undo(b)).statusCode).toBe(303)
  expect(await behind()).toEqual(['w1 a', 'w2 a', 'w2 b'])
  await holds()
})

test('points that somebody else has moved meanwhile stay where they are, and so does a concern that was to be made of them', async () => {
  const [first = '', second = ''] = await idsOf(a)
  await other.post(`${office}/concerns/points`, { from: a, into: b, point: [first] })
  for (const [path, fields] of [
    ['/concerns/points', { into: b }],
    ['/concerns', { sentence: '又一条', clause: 'p7' }],
  ] as const) {
    const late = await one.post(office + path, { ...fields, from: a, point: [first, second] })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('您这一步没有保存')
  }
  expect([(await said(a)).length, (await said(b)).length]).toEqual([2, 3])
  expect((await concernsOf(portal.db, consultation.id)).map(({ sentence }) => sentence)).not.toContain(
    '又一条',
  )
  await holds()
})

test('a point whose answer is approved leaves its concern no more, whoever would undo what brought it there', async () => {
  const drafted = await one.post(`${office}/responses`, { ...answer, concern: a })
  const at = String(drafted.headers.location)
  await one.post(`${at}/submission`, {})
  await other.get(at)
  expect((await other.post(`${at}/approval`, {})).statusCode).toBe(303)
  const [first = ''] = await idsOf(a)
  const refused = await one.post(`${office}/concerns/points`, { from: a, into: b, point: [first] })
  expect(refused.statusCode).toBe(409)
  await undo(a)
  expect(await said(a)).toHaveLength(3)
  await holds()
})

test('an undo passes over what was moved on since', async () => {
  const [first = '', second = ''] = await idsOf(a)
  await one.post(`${office}/concerns/points`, { from: a, into: b, point: [first, second] })
  const c = idIn(
    await one.post(`${office}/concerns`, { from: b, sentence: '第三条', clause: 'p7', point: [first] }),
  )
  expect((await undo(b)).statusCode).toBe(303)
  expect([(await said(a)).length, (await said(b)).length, (await said(c)).length]).toEqual([2, 2, 1])
  await holds()
})

test('a concern is merged neither into itself nor into what is none, and an undo that is none is refused', async () => {
  for (const into of [a, 'none', '']) {
    const sent = await one.post(`${office}/concerns/${a}/merger`, { into })
    expect(sent.statusCode, into).toBe(404)
  }
  for (const move of ['', 'none']) {
    expect((await one.post(`${office}/concerns/${a}/undoing`, { move })).statusCode).toBe(409)
  }
  expect(await said(a)).toHaveLength(3)
})
