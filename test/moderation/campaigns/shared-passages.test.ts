import { asc, eq, inArray } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeOut } from '../../../db/queries/campaigns/campaigns.ts'
import { withdraw } from '../../../db/queries/receipts/receipt-acts.ts'
import { wrongErasures } from '../../../db/queries/upkeep/erasure-check.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import {
  campaignMembers,
  campaigns,
  comments,
  fingerprintBands,
  passages,
  units,
} from '../../../db/schema/index.ts'
import { grouping } from '../../../server/jobs/campaigns.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { signIn } from '../../staff.ts'
import { editedLetters } from '../../text/comparing/edited-letters.ts'
import { aComment } from '../comments.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
const own = '我们村的路一下雨就走不成，娃娃上学要绕三里地，去年报上去到现在没有回音。我爹看病要走到沟口搭车。'
const another =
  '护林员一个月只有八百块钱，还要自己出油钱。林子里的防火道荒了五六年，机械进不去，请林草局来看一看。'

async function sent(...bodies: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const body of bodies) ids.push((await aComment(portal, { body })).id)
  await group()
  return ids
}

async function group(): Promise<void> {
  while ((await doSome(portal.deps, grouping, 100)) > 0);
}

/** Who stands with whom, those that came first before the others. */
async function together(): Promise<string[][]> {
  expect(await wrongCounts(portal.db)).toEqual([])
  const rows = await portal.db.query
    .select()
    .from(campaignMembers)
    .where(eq(campaignMembers.takenOut, false))
    .orderBy(asc(campaignMembers.commentId))
  const groups = new Map<string, string[]>()
  for (const { campaignId, commentId } of rows)
    groups.set(campaignId, [...(groups.get(campaignId) ?? []), commentId])
  return [...groups.values()].sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
}

/** Which comments are known by which passages; 0 stands for those that are still to be read. */
async function known(): Promise<Map<string, number[]>> {
  const rows = await portal.db.query
    .select({ id: comments.id, passage: passages.passage })
    .from(passages)
    .innerJoin(comments, eq(comments.number, passages.commentNumber))
  const found = new Map<string, number[]>()
  for (const { id, passage } of rows) found.set(id, [...(found.get(id) ?? []), passage])
  return found
}

/** As a database is after its upgrade from a version without passages. */
async function asBefore(): Promise<void> {
  const rows = await portal.db.query.selectDistinct({ number: passages.commentNumber }).from(passages)
  await portal.db.query.delete(passages)
  await portal.db.query
    .insert(passages)
    .values(rows.map(({ number }) => ({ passage: 0, commentNumber: number })))
}

test.each([1, 2])('finds 20 edited letters with %i × as many own words, and no other', async (times) => {
  const copies = editedLetters(20, { length: 80, own: times, exchanged: 0.03 }, 5)
  const [first] = copies
  const bodies = copies.map(({ second }, i) =>
    i % 2 === 0 ? `${another.slice(0, 20)}${first?.letter}${own.repeat(times)}第${i}户` : second,
  )
  const ids = await sent(first?.letter ?? '', ...bodies.filter((_, i) => i % 2 === 0), own, another)
  expect(await together()).toEqual([ids.slice(0, 11)])
})

test('where the letter itself never came, its copies find one another, with what each adds lit', async () => {
  const [first = '', second = '', third = ''] = await sent(`${own}${letter}`, `${letter}${another}`, another)
  expect(await together()).toEqual([[first, second]])
  expect(third).not.toBe('')
  const moderator = await signIn(portal, 'moderator')
  const [campaign] = await portal.db.query.select().from(campaigns)
  const { body } = await moderator.get(`/moderation/campaigns/${campaign?.id}`)
  for (const sentence of another.match(/[^。]+。/g) ?? [])
    expect(body).toContain(`<mark class="own">${sentence}`)
  expect(body).not.toContain(`<mark class="own">${letter}`)
})

test('what is for the most part a sender’s own is not decided with the group', async () => {
  await sent(letter, letter, `${own}${letter}${another}`)
  const moderator = await signIn(portal, 'moderator')
  const [campaign] = await portal.db.query.select().from(campaigns)
  expect(campaign).toMatchObject({ count: 3 })
  const { body } = await moderator.get(`/moderation/campaigns/${campaign?.id}`)
  expect(body).toContain('整组处理（待审 2 条）')
  expect(body).toContain('另有 1 条待审的，多半是提出人自己的话')
  const whole = await moderator.get(`/moderation/bulks/new?group=${campaign?.id}&all=yes`)
  expect(whole.body).toContain('批量处理 2 条意见')
})

test('what is quoted of the draft makes no campaign', async () => {
  const rows = await portal.db.query.select({ text: units.text }).from(units)
  const quoted = rows.map(({ text }) => text).find((text) => text.length > 60 && text.length < 200) ?? ''
  expect(quoted).not.toBe('')
  await sent(`“${quoted.slice(0, 60)}”：${own}`, `“${quoted.slice(0, 60)}”：${another}`)
  expect(await together()).toEqual([])
})

test('a turn of phrase that many share is neither looked for nor kept', async () => {
  const phrase = '恳请上级领导在百忙之中考虑我们这些'
  const unlike = editedLetters(60, { length: 41, own: 0, exchanged: 0 }, 11).map(({ letter }) => letter)
  await sent(...unlike.map((said, i) => `${phrase}第${i}家的情况：${said}`))
  const times = new Map<number, number>()
  for (const own of (await known()).values())
    for (const passage of own) times.set(passage, (times.get(passage) ?? 0) + 1)
  expect(Math.max(...times.values())).toBeLessThanOrEqual(50)
})

test('reads what an older version compared, joins what stood alone, and leaves campaigns as they are', async () => {
  const [alone = '', rep = '', copy = ''] = await sent(letter, another, another)
  const later = (await aComment(portal, { body: `${own}${letter}${own}` })).id
  await portal.db.query.update(comments).set({ comparedAt: portal.clock.now }).where(eq(comments.id, later))
  const [{ consultationId = '', number = 0 } = {}] = await portal.db.query
    .select()
    .from(comments)
    .where(eq(comments.id, later))
  await portal.db.query.insert(fingerprintBands).values({ commentId: later, consultationId, band: '0:x' })
  await portal.db.query.insert(passages).values({ passage: 7, commentNumber: number })
  const [before] = await portal.db.query.select().from(campaigns)
  await asBefore()
  const [fresh = ''] = await sent(`${another}${own}`)
  expect(await together()).toEqual([
    [alone, later],
    [rep, copy, fresh],
  ])
  expect(
    await portal.db.query
      .select()
      .from(campaigns)
      .where(eq(campaigns.id, before?.id ?? '')),
  ).toMatchObject([{ representativeId: rep, count: 3 }])
  const kept = await known()
  expect([...kept.keys()].sort()).toEqual([alone, rep].sort())
  expect([...kept.values()].flat()).not.toContain(0)
  const bands = await portal.db.query
    .selectDistinct({ id: fingerprintBands.commentId })
    .from(fingerprintBands)
  expect(bands.map(({ id }) => id).sort()).toEqual([alone, rep].sort())
})

test('what is withdrawn is known by none, and hands its passages to a copy that is the same', async () => {
  const [first = '', second = '', single = ''] = await sent(letter, letter, another)
  const act = async (id: string) => {
    const [comment] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
    await withdraw(portal.db, comment ?? expect.unreachable(), portal.clock.now)
  }
  const before = (await known()).get(first)
  await act(first)
  await act(single)
  expect(await known()).toEqual(new Map([[second, before]]))
  expect(await wrongErasures(portal.db)).toEqual([])
  const [{ number = 0 } = {}] = await portal.db.query.select().from(comments).where(eq(comments.id, single))
  await portal.db.query.insert(passages).values({ passage: 7, commentNumber: number })
  expect(await wrongErasures(portal.db)).toEqual([{ id: single, problem: 'incomplete' }])
})

test('where words are hidden or come back, passages are read from what then stands there', async () => {
  const secret = '联系人欧阳建国家住城关村东头第三排'
  const [id = ''] = await sent(`${letter}${secret}`)
  const before = (await known()).get(id) ?? []
  const moderator = await signIn(portal, 'moderator')
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  const address = `/moderation/comments/${comment?.publicId}`
  await moderator.get(`/moderation?comment=${comment?.publicId}`)
  await moderator.post(`${address}/redactions`, { text: secret, kind: 'other', revision: '1' })
  const ruling = { admission: 'admitted', publication: 'published', version: '1' }
  const decided = await moderator.post(`${address}/decision`, ruling)
  expect(decided.statusCode).toBe(303)
  expect((await known()).get(id)).toEqual([0])
  await group()
  const after = (await known()).get(id) ?? []
  expect(after.length).toBeGreaterThan(0)
  expect(before.filter((passage) => !after.includes(passage)).length).toBeGreaterThan(0)
  await moderator.get(`/moderation?comment=${comment?.publicId}`)
  await moderator.post(`${address}/reopening`, { reason: '这不是个人信息' })
  expect((await moderator.post(`${address}/restoration`, { version: '1' })).statusCode).toBe(303)
  await group()
  expect((await known()).get(id)?.sort()).toEqual(before.toSorted())
})

test('one that a person took out is not put back when passages are read anew', async () => {
  const [first = '', second = ''] = await sent(letter, `${own}${letter}`)
  expect(await together()).toEqual([[first, second]])
  const { id: staffId } = await signIn(portal, 'moderator')
  const [campaign] = await portal.db.query.select().from(campaigns)
  await takeOut(portal.db, campaign?.id ?? '', second, { staffId, now: portal.clock.now })
  await asBefore()
  await group()
  const rows = await portal.db.query
    .select({ out: campaignMembers.takenOut })
    .from(campaignMembers)
    .where(inArray(campaignMembers.commentId, [second]))
  expect(rows).toEqual([{ out: true }])
})
