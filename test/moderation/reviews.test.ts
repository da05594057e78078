import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { innerId } from '../../db/queries/comments/public-ids.ts'
import { setAgreement } from '../../db/queries/moderation/votes.ts'
import { appeal } from '../../db/queries/receipts/receipt-acts.ts'
import { appeals, comments, consultations, decisions, log } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn
let other: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  other = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const withhold = { admission: 'admitted', publication: 'withheld', reason: 'third_party', version: '1' }
const refuse = { admission: 'refused', publication: 'withheld', reason: 'off_topic', version: '1' }

async function act(browser: SignedIn, publicId: string, path: string, fields: object = {}) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${publicId}/${path}`, fields)
}

async function stateOf(publicId: string): Promise<string | undefined> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  return row?.state
}

async function twoHaveToAgree(): Promise<void> {
  const [consultation] = await portal.db.query.select().from(consultations)
  await setAgreement(portal.db, consultation?.id ?? '', 'negative', {
    staffId: moderator.id,
    now: portal.deps.now(),
  })
}

describe('where two have to agree', () => {
  beforeEach(twoHaveToAgree)

  test('a refusal waits for a second moderator', async () => {
    const { publicId } = await aComment(portal)
    const first = await act(moderator, publicId, 'decision', refuse)
    expect(first.body).toContain('等另一位审核员作出决定后生效')
    expect(await stateOf(publicId)).toBe('pending')
    await act(moderator, publicId, 'decision', refuse)
    expect(await stateOf(publicId)).toBe('pending')
    expect((await other.get(`/moderation?comment=${publicId}`)).body).toContain(
      `${moderator.name}的意见：不纳入`,
    )
    await act(other, publicId, 'decision', refuse)
    expect(await stateOf(publicId)).toBe('refused')
    const [decision] = await portal.db.query.select().from(decisions)
    expect(decision).toMatchObject({ staffId: moderator.id, agreedBy: other.id })
    const { body } = await other.get(`/moderation?comment=${publicId}`)
    expect(body).toContain(`${moderator.name}、${other.name} 决定：不纳入（非本草案事项）`)
  })

  test('the first lets go of it, and the second decides with it open before them', async () => {
    const { id, publicId } = await aComment(portal)
    const later = await aComment(portal)
    await act(moderator, publicId, 'claim')
    await act(moderator, publicId, 'decision', refuse)
    const next = await act(moderator, later.publicId, 'decision', publish)
    expect(next.headers.location).toBe(`/moderation?decided=${later.publicId}#judging`)
    expect((await act(other, publicId, 'claim')).statusCode).toBe(303)
    expect((await act(other, publicId, 'decision', refuse)).statusCode).toBe(303)
    expect(await stateOf(publicId)).toBe('refused')
    const [entry] = await portal.db.query
      .select()
      .from(log)
      .where(eq(log.act, 'comment.decide'))
      .orderBy(desc(log.number))
    expect(entry).toMatchObject({ staffId: other.id, subject: id, detail: { agreedWith: moderator.id } })
    expect((await other.get(`/moderation?comment=${publicId}`)).body).not.toContain('等另一位审核员')
  })

  test('who differ leave it to a third', async () => {
    const third = await signIn(portal, 'moderator')
    const { publicId } = await aComment(portal)
    await act(moderator, publicId, 'decision', refuse)
    expect((await act(other, publicId, 'decision', withhold)).body).toContain('交由第三位审核员决定')
    expect(await stateOf(publicId)).toBe('pending')
    await act(third, publicId, 'decision', publish)
    expect(await stateOf(publicId)).toBe('published')
  })

  test('two who vote at the same moment decide once', async () => {
    const { publicId } = await aComment(portal)
    await Promise.all([moderator.get('/moderation'), other.get('/moderation')])
    const path = `/moderation/comments/${publicId}/decision`
    await Promise.all([moderator.post(path, refuse), other.post(path, refuse)])
    expect(await stateOf(publicId)).toBe('refused')
    expect(await portal.db.query.select().from(decisions)).toHaveLength(1)
  })

  test('publishing takes one', async () => {
    const { publicId } = await aComment(portal)
    await act(moderator, publicId, 'decision', publish)
    expect(await stateOf(publicId)).toBe('published')
  })
})

describe('an appeal', () => {
  async function appealed(): Promise<string> {
    const { publicId } = await aComment(portal)
    await act(moderator, publicId, 'decision', refuse)
    return appealedAgain(publicId)
  }

  async function appealedAgain(publicId: string): Promise<string> {
    const { db, deps } = portal
    const [row] = await db.query.select().from(comments).where(eq(comments.publicId, publicId))
    if (!row) throw new Error('the comment was stored')
    await appeal(db, { ...row, proposal: null, wording: null, quote: null }, '我说的就是第七条', deps.now())
    return publicId
  }

  test('is heard by somebody who has not decided, and answered', async () => {
    const publicId = await appealed()
    expect((await act(moderator, publicId, 'decision', { ...publish, answer: '改为公开' })).statusCode).toBe(
      403,
    )
    expect((await other.get(`/moderation?comment=${publicId}`)).body).toContain('我说的就是第七条')
    const silent = await act(other, publicId, 'decision', publish)
    expect(silent.statusCode).toBe(422)
    expect(silent.body).toContain('请填写复核答复')
    expect(
      (await act(other, publicId, 'decision', { ...publish, answer: '属于本草案事项' })).statusCode,
    ).toBe(303)
    const [heard] = await portal.db.query.select().from(appeals)
    expect(heard).toMatchObject({ outcome: 'granted', answer: '属于本草案事项' })
    const [by] = await portal.db.query.select().from(decisions).orderBy(desc(decisions.review))
    expect(by).toMatchObject({ review: heard?.review, staffId: other.id, createdAt: portal.clock.now })
  })

  test('that changes nothing is upheld', async () => {
    const publicId = await appealed()
    await act(other, publicId, 'decision', { ...refuse, answer: '确实不属于本草案' })
    const [heard] = await portal.db.query.select().from(appeals)
    expect(heard?.outcome).toBe('upheld')
  })

  test('goes to an approver only where every moderator has decided on it', async () => {
    const approver = await signIn(portal, 'approver')
    const publicId = await appealed()
    const answered = { ...publish, answer: '同意公开' }
    expect((await act(approver, publicId, 'decision', answered)).statusCode).toBe(403)
    await portal.db.query
      .update(decisions)
      .set({ agreedBy: other.id })
      .where(eq(decisions.commentId, (await innerId(portal.db, publicId)) ?? ''))
    expect((await act(approver, publicId, 'decision', answered)).statusCode).toBe(303)
  })

  test('tells whoever decided that another hears it, and is kept from nobody by them', async () => {
    const publicId = await appealed()
    const { body } = await moderator.get(`/moderation?comment=${publicId}`)
    expect(body).toContain('须由没有参加过原决定的人办理')
    expect(body).not.toContain(`/moderation/comments/${publicId}/decision`)
    expect((await act(moderator, publicId, 'claim')).statusCode).toBe(303)
    expect(
      (await act(moderator, publicId, 'redactions', { text: '时限', kind: 'other', revision: '1' }))
        .statusCode,
    ).toBe(403)
    expect((await act(other, publicId, 'claim')).statusCode).toBe(303)
    await act(other, publicId, 'release')
    const another = await aComment(portal)
    const decided = await act(moderator, another.publicId, 'decision', publish)
    expect(decided.headers.location).toBe(`/moderation?decided=${another.publicId}#judging`)
  })

  test('is not heard by whoever was outvoted either', async () => {
    await twoHaveToAgree()
    const third = await signIn(portal, 'moderator')
    const { publicId } = await aComment(portal)
    await act(moderator, publicId, 'decision', withhold)
    await act(other, publicId, 'decision', refuse)
    await act(third, publicId, 'decision', refuse)
    expect(await stateOf(publicId)).toBe('refused')
    await appealedAgain(publicId)
    expect((await act(moderator, publicId, 'decision', { ...publish, answer: '公开' })).statusCode).toBe(403)
  })

  test('that one moderator is left to hear where two have to agree is decided with an approver', async () => {
    await twoHaveToAgree()
    const [third, approver] = [await signIn(portal, 'moderator'), await signIn(portal, 'approver')]
    const { publicId } = await aComment(portal)
    await act(moderator, publicId, 'decision', refuse)
    await act(other, publicId, 'decision', refuse)
    await appealedAgain(publicId)
    const [same, changed] = [
      { ...refuse, answer: '维持' },
      { ...publish, answer: '改为公开' },
    ]
    expect((await act(approver, publicId, 'decision', changed)).statusCode).toBe(403)
    expect((await act(third, publicId, 'decision', same)).body).toContain('等另一位审核员作出决定后生效')
    expect((await approver.get(`/moderation?comment=${publicId}`)).body).toContain(
      `comments/${publicId}/decision`,
    )
    expect((await act(approver, publicId, 'decision', changed)).statusCode).toBe(303)
    expect(await stateOf(publicId)).toBe('published')
    expect((await approver.get(`/moderation?comment=${publicId}`)).body).not.toContain('重新审核…')
    expect((await third.get(`/moderation?comment=${publicId}`)).body).toContain('重新审核…')
  })
})

test('who may read and not claim opens comments by links, and is offered no bulk', async () => {
  const first = await aComment(portal, { body: '先收到的意见在这里' })
  const second = await aComment(portal, { body: '后收到的意见在这里' })
  for (const role of ['auditor', 'approver'] as const) {
    const reader = await signIn(portal, role)
    const { body } = await reader.get(`/moderation?comment=${first.publicId}`)
    expect(body).toContain(`href="/moderation?comment=${second.publicId}"`)
    expect(body).not.toMatch(/\/claim|name="comments"|批量处理（勾选/)
    expect((await reader.get(`/moderation?comment=${second.publicId}`)).body).toContain('后收到的意见在这里')
  }
})
