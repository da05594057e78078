import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countAnswered } from '../../../db/queries/answers/listed-responses.ts'
import { campaignOf, takeOut } from '../../../db/queries/campaigns/campaigns.ts'
import { commentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { reviseComment } from '../../../db/queries/receipts/receipt-acts.ts'
import { receiptStatus } from '../../../db/queries/receipts/receipts.ts'
import { comments } from '../../../db/schema/index.ts'
import { followOnce } from '../../../server/jobs/following.ts'
import { readReceiptCode } from '../../../server/rules/receipts/receipts.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { strict } from '../../jobs/doing.ts'
import { aComment, type StoredComment } from '../../moderation/comments.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let campaign: string
const office = '/office/shanxi-laoqu'
const letter = '建议在每个县建设一处红色文化展馆，配备讲解员，免费向中小学生开放，并公布开放时间和预约办法。'
const differing = `${letter}我家就在旁边。`

async function sent(body: string): Promise<StoredComment> {
  const comment = await aComment(portal, { body })
  await followOnce(portal.deps, strict)
  return comment
}

async function admit({ publicId }: StoredComment, publication: 'published' | 'withheld' = 'published') {
  const comment = await commentToJudge(portal.db, publicId)
  if (!comment) throw new Error('the comment is not there')
  const ruling = {
    admission: 'admitted' as const,
    publication,
    reason: publication === 'withheld' ? 'author_asked' : null,
    note: null,
    transferred: false,
    version: comment.version,
  }
  const seen = await examinationOf(portal.db, portal.deps.seals, comment)
  const deciders = { staffId: approver.id, agreedBy: null }
  await decide(portal.db, portal.deps.seals, comment, ruling, seen, deciders, portal.clock.now)
}

async function reword({ publicId }: StoredComment, body: string): Promise<void> {
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  if (comment) await reviseComment(portal.db, comment, { ...comment, body }, portal.clock.now)
}

/** What the holder of the receipt is told. */
async function told({ code }: StoredComment) {
  const status = await receiptStatus(portal.db, portal.deps.seals, readReceiptCode(code) ?? '')
  return status?.comments[0]?.answer?.reason ?? null
}

beforeEach(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
  for (const body of [letter, letter]) await admit(await sent(body))
  const { body } = await drafter.get(`${office}/comments`)
  campaign = /responses\/new\?campaign=([\w-]+)/.exec(body)?.[1] ?? ''
})
afterEach(() => portal.close())

/** Answers the campaign and has it approved; gives the answer's address. */
async function answerCampaign(summary = ''): Promise<string> {
  const form = await drafter.get(`${office}/responses/new?campaign=${campaign}`)
  expect(form.body).toContain('文字与原文相同的自动适用这份答复')
  const fields = { campaign, all: 'yes', outcome: 'adopted', reason: '已写入本条。', summary }
  const drafted = await drafter.post(`${office}/responses`, fields)
  const address = String(drafted.headers.location)
  await drafter.post(`${address}/submission`, {})
  await approver.get(address)
  expect((await approver.post(`${address}/approval`, {})).statusCode).toBe(303)
  return address
}

const count = (address: string) => countAnswered(portal.db, address.split('/').at(-1) ?? '')

test('one answer reaches every receipt of a campaign, and of the copies that are admitted later', async () => {
  const waiting = await sent(letter)
  const address = await answerCampaign()
  expect(await count(address)).toBe(2)
  const late = await sent(letter)
  for (const copy of [waiting, late]) {
    expect(await told(copy)).toBeNull()
    await admit(copy)
    expect(await told(copy)).toBe('已写入本条。')
  }
  expect(await count(address)).toBe(4)
})

test('a copy that is admitted before it has been compared is answered when it joins', async () => {
  const address = await answerCampaign()
  const unread = await aComment(portal, { body: letter })
  await admit(unread)
  expect(await told(unread)).toBeNull()
  await followOnce(portal.deps, strict)
  expect(await told(unread)).toBe('已写入本条。')
  expect(await count(address)).toBe(3)
})

test('a copy that was revised and not compared since is not answered by what it said before', async () => {
  await answerCampaign()
  const copy = await sent(letter)
  await reword(copy, '这一条我不同意，请删除。')
  await admit(copy)
  expect(await told(copy)).toBeNull()
})

test('where the first of a campaign is revised, its answer stays with those it has and reaches no later copies', async () => {
  const request = '恳请把护林员补贴写进去，按面积发放，每季度张榜公布，并由林业部门核实。'
  const first = await sent(request)
  const second = await sent(request)
  await admit(second)
  campaign = (await campaignOf(portal.db, second.id))?.id ?? ''
  await answerCampaign()
  await reword(first, '这一条我同意。')
  await followOnce(portal.deps, strict)
  expect(await told(second)).toBe('已写入本条。')
  const later = await sent(request)
  await admit(later)
  expect(await told(later)).toBeNull()
})

test('a copy that says something of its own waits for a person, who may answer it alike', async () => {
  const address = await answerCampaign()
  const own = await sent(differing)
  await admit(own)
  expect(await told(own)).toBeNull()
  const { body } = await drafter.get(address)
  expect(body).toContain('还有')
  expect(body.replace(/\s+/g, '')).toContain('<strong>1</strong>条没有答复')
  const [, again = ''] = /href="([^"]+like=[^"]+)"/.exec(body) ?? []
  const form = await drafter.get(again.replaceAll('&amp;', '&'))
  expect(form.body).toContain('已写入本条。</textarea>')
  expect(form.body).toContain('<strong>1</strong> 条意见')
})

test('one that is not public joins only an answer that sums up', async () => {
  const address = await answerCampaign()
  const quiet = await sent(letter)
  await admit(quiet, 'withheld')
  expect(await told(quiet)).toBeNull()
  expect((await drafter.get(address)).body.replace(/\s+/g, '')).toContain('<strong>1</strong>条没有答复')
})

test('one that is not public joins an answer that does', async () => {
  await answerCampaign('建议各县建设展馆')
  const quiet = await sent(letter)
  await admit(quiet, 'withheld')
  expect(await told(quiet)).toBe('已写入本条。')
})

test('a copy that was taken out of the campaign waits for an answer of its own', async () => {
  const own = await sent(letter)
  await takeOut(portal.db, campaign, own.id, { staffId: approver.id, now: portal.clock.now })
  await answerCampaign()
  await admit(own)
  expect(await told(own)).toBeNull()
})

test('where the answer was dropped nothing answers the copies that come later', async () => {
  const fields = { campaign, all: 'yes', outcome: 'adopted', reason: '已写入本条。' }
  await drafter.get(`${office}/responses/new?campaign=${campaign}`)
  const drafted = String((await drafter.post(`${office}/responses`, fields)).headers.location)
  await drafter.post(`${drafted}/removal`, {})
  await admit(await sent(letter))
  expect((await drafter.get(`${office}/responses/new?campaign=${campaign}`)).body).toContain(
    '<strong>3</strong> 条意见',
  )
})

test('an answer to part of a campaign is no answer to the campaign', async () => {
  await drafter.get(`${office}/responses/new?campaign=${campaign}&stance=amend`)
  const fields = { campaign, stance: 'amend', all: 'yes', outcome: 'adopted', reason: '已写入本条。' }
  const address = String((await drafter.post(`${office}/responses`, fields)).headers.location)
  await admit(await sent(letter))
  expect(await count(address)).toBe(2)
})

test('what senders added to a campaign is warned of, answered along with it or not at all', async () => {
  await admit(await sent(differing))
  const address = await answerCampaign()
  const warned = async () => {
    const { body } = await drafter.get(`${office}/outcome`)
    return body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  }
  expect(await warned()).toContain('同类意见里有人另外写了内容：1 处')
  expect(await warned()).toContain('1 条另外写了内容：1 条随同一份答复办理。')
  await admit(await sent(`${letter}请再建一处停车场。`))
  expect(await warned()).toContain('2 条另外写了内容：1 条随同一份答复办理，1 条还没有答复。')
  const { body } = await drafter.get(`${office}/outcome`)
  expect(body).toContain(`<a href="${address}">答复：采纳</a>`)
  expect(body).toContain(`<a href="${office}/comments?campaign=${campaign}">这组意见</a>`)
})
