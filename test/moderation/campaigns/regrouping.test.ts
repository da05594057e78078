import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeOut } from '../../../db/queries/campaigns/campaigns.ts'
import { reviseComment, withdraw } from '../../../db/queries/receipts/receipt-acts.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { campaignMembers, campaigns, comments, fingerprintBands, staff } from '../../../db/schema/index.ts'
import { grouping } from '../../../server/jobs/campaigns.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { meanwhile } from '../../meanwhile.ts'
import { aComment } from '../comments.ts'

let portal: TestPortal
const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
const other = '希望把护林员补贴写进去，按面积发放，每季度张榜公布。'

beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

async function sent(...bodies: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const body of bodies) ids.push((await aComment(portal, { body })).id)
  await group()
  return ids
}

async function group(): Promise<void> {
  while ((await doSome(portal.deps, grouping, 100)) > 0);
}

async function reword(id: string, body: string): Promise<void> {
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  if (!comment) return expect.unreachable('the comment is gone')
  await reviseComment(portal.db, comment, { ...comment, body }, portal.clock.now)
}

/** Who stands with whom, those that came first before the others. */
async function groups(): Promise<string[][]> {
  const rows = await portal.db.query
    .select({ campaign: campaignMembers.campaignId, id: campaignMembers.commentId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
    .where(eq(campaignMembers.takenOut, false))
    .orderBy(campaigns.createdAt, campaignMembers.commentId)
  expect(await wrongCounts(portal.db)).toEqual([])
  const ids = [...new Set(rows.map(({ campaign }) => campaign))]
  return ids.map((id) => rows.flatMap((row) => (row.campaign === id ? [row.id] : [])))
}

test('a copy that is revised leaves its campaign, and joins the one whose words it takes', async () => {
  const [first, copy, elsewhere, there] = await sent(letter, letter, other, other)
  expect(await groups()).toEqual([
    [first, copy],
    [elsewhere, there],
  ])
  await reword(copy ?? '', other)
  await group()
  expect(await groups()).toEqual([[first], [copy, elsewhere, there]])
})

test('one that was like no other is found by its new words, and not by its old ones', async () => {
  const [single, first] = await sent(other, letter)
  await reword(single ?? '', letter)
  await group()
  expect(await groups()).toEqual([[single, first]])
  await sent(other)
  expect(await groups()).toEqual([[single, first]])
})

test('where the first of a campaign is revised, the others stand together without it', async () => {
  const [first, second, third] = await sent(letter, letter, letter)
  await reword(first ?? '', other)
  await group()
  expect(await groups()).toEqual([[second, third]])
  const [fourth] = await sent(letter)
  expect(await groups()).toEqual([[second, third, fourth]])
})

test('what a person took out is not put back when the campaign is dissolved', async () => {
  const [first, second, third, apart] = await sent(letter, letter, letter, letter)
  const [campaign] = await portal.db.query.select().from(campaigns)
  await portal.db.query
    .insert(staff)
    .values({ id: 'moderator', name: '审核员', createdAt: portal.clock.now })
    .onConflictDoNothing()
  await takeOut(portal.db, campaign?.id ?? '', apart ?? '', { staffId: 'moderator', now: portal.clock.now })
  await reword(first ?? '', other)
  await group()
  expect(await groups()).toEqual([[second, third]])
})

test('what is revised while it is compared is compared again', async () => {
  const [first, second] = await sent(letter, other)
  await reword(second ?? '', `${other}再请明确。`)
  const comparing = doSome(portal.deps, grouping, 100)
  await reword(second ?? '', letter)
  await comparing
  await group()
  expect(await groups()).toEqual([[first, second]])
})

test.each([
  ['what it is like', 0],
  ['itself', 1],
])(
  'a comment of which an author takes back %s while it is compared keeps nothing of the words',
  async (_name, which) => {
    const [first = ''] = await sent(letter)
    const { id: copy } = await aComment(portal, { body: letter })
    const [gone = '', stays = ''] = which === 0 ? [first, copy] : [copy, first]
    meanwhile(portal.db, async () => {
      const [comment] = await portal.db.query.select().from(comments).where(eq(comments.id, gone))
      await withdraw(portal.db, comment ?? expect.unreachable(), portal.clock.now)
    })
    await group()
    expect(await groups()).toEqual([])
    const kept = await portal.db.query
      .selectDistinct({ id: fingerprintBands.commentId })
      .from(fingerprintBands)
    expect(kept).toEqual([{ id: stays }])
  },
)

test('a comment does not join a campaign that ends while they are compared', async () => {
  const [first = '', alike = ''] = await sent(letter, `${letter}请尽快。`)
  expect(await groups()).toEqual([[first, alike]])
  const { id: copy } = await aComment(portal, { body: letter })
  meanwhile(portal.db, async () => {
    const [comment] = await portal.db.query.select().from(comments).where(eq(comments.id, first))
    await withdraw(portal.db, comment ?? expect.unreachable(), portal.clock.now)
  })
  await group()
  expect((await groups()).map((ids) => ids.sort())).toEqual([[alike, copy].sort()])
})
