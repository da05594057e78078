import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { commentCounts, outcomeRows, points } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../../public/decided.ts'
import { sendForm } from '../../public/forms.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let consultation: Consultation
let code: string
let id: string
const office = '/office/shanxi-laoqu'
const letter = '您好！\n一是建议写明贴息的期限。\n二是建议修通武乡到沁源的旅游公路。\n谢谢。'
const afterClosing = new Date('2026-12-24T02:00:00Z')
const sentence = '建议写明贴息的期限'

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  code = await submitComment(portal, 'p7', letter)
  id = await decided(portal, letter, 'published')
  portal.clock.now = afterClosing
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterAll(() => portal.close())

const status = async () => (await sendForm(portal.app, '/receipts', { code })).body
const seen = async () => (await commentToSplit(portal.db, consultation.id, id)) ?? expect.unreachable()
const act = async (path: string, fields: object) => {
  await drafter.get(`${office}/splits/${id}`)
  const { revision } = (await seen()).split
  const answer = await drafter.post(`${office}/splits/${id}${path}`, { revision, ...fields })
  expect(answer.statusCode).toBe(303)
}
const answer = async (fields: object) => {
  await drafter.get(`${office}/outcome`)
  const at = String((await drafter.post(`${office}/responses`, fields)).headers.location)
  await drafter.post(`${at}/submission`, {})
  await approver.get(`${office}/outcome`)
  expect((await approver.post(`${at}/approval`, {})).statusCode).toBe(303)
}
const publish = async () => {
  await approver.get(`${office}/outcome`)
  return approver.post(`${office}/outcome/editions`, {})
}

test('all that is proposed is taken by one act, and nothing of the letter is left out', async () => {
  await act('/acceptance', {})
  const { split } = await seen()
  expect(split.arrangement.map(({ kind }) => kind)).toEqual(['no_proposal', 'point', 'point', 'no_proposal'])
  const body = await status()
  expect(body).toContain('起草单位把您的意见梳理为 2 条具体意见')
  expect(body).toContain('这部分没有提出具体修改意见，已阅。')
  expect(body).toContain('还没有答复。')
})

test('its author says that the sentence into which a point was gathered is not what was meant', async () => {
  const [, first] = (await seen()).split.arrangement
  await drafter.get(`${office}/points`)
  await drafter.post(`${office}/concerns`, { sentence, clause: 'p7', point: first?.id })
  expect(await status()).toContain(`与相同的意见归并为：${sentence}`)
  const objected = await sendForm(portal.app, '/receipts/objection', { code, point: first?.id ?? '' })
  expect(objected.body).toContain('已经告诉起草单位')
  const [row] = await portal.db.query
    .select()
    .from(points)
    .where(eq(points.id, first?.id ?? ''))
  expect(row?.objectedAt).not.toBeNull()
  expect((await drafter.get(`${office}/concerns/${row?.concernId}`)).body).toContain('提出人认为没有说准')
  const stranger = await sendForm(portal.app, '/receipts/objection', { code, point: 'no-point' })
  expect(stranger.statusCode).toBe(409)
})

test('before the outcome nobody else is told what was answered', async () => {
  const { body } = await portal.app.inject(`/consultations/shanxi-laoqu/comments/${id}`)
  expect(body).toContain('修通武乡到沁源')
  expect(body).not.toContain('<q>')
})

test('an outcome is not published before every point is answered', async () => {
  const [, first, second] = (await seen()).split.arrangement
  await answer({ point: first?.id, outcome: 'adopted', reason: '已写明贴息三年。', summary: sentence })
  const refused = await publish()
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('还有 1 条意见没有经批准的答复')
  await answer({ point: second?.id, outcome: 'not_adopted', reason: '属于专项规划的内容。' })
})

test('the published table has a row for each point, and its count is that of the points', async () => {
  expect((await publish()).statusCode).toBe(303)
  const rows = await portal.db.query.select().from(outcomeRows).orderBy(outcomeRows.position)
  // Which stands first is said by the clauses that were proposed.
  expect(
    rows.map(({ author, body, outcome, count }) => `${author} ${body.trim()} ${outcome} ${count}`).sort(),
  ).toEqual([`归纳 ${sentence} adopted 1`, '未署名 二是建议修通武乡到沁源的旅游公路。 not_adopted 1'].sort())
  const { body } = await portal.app.inject('/consultations/shanxi-laoqu/outcome')
  expect(body).toContain('以上意见梳理为2条具体意见')
  expect(body).toContain('部分采纳1条（占1条的100.0%）')
  expect(body).toContain('采纳1条具体意见（占2条具体意见的50.0%）')
  expect(body).not.toContain('您好')
  const told = await status()
  expect(told).toContain('已写明贴息三年。')
  expect(told).toContain('属于专项规划的内容。')
})

test('the published comment tells what became of each of its points, and so does its clause', async () => {
  for (const page of [`comments/${id}`, 'clauses/p7']) {
    const { body } = await portal.app.inject(`/consultations/shanxi-laoqu/${page}`)
    expect(body).toContain('<q>二是建议修通武乡到沁源的旅游公路。</q>')
    expect(body).toContain('属于专项规划的内容。')
    expect(body).toContain('已写明贴息三年。')
  }
})

test('a letter that nobody has parted bars the outcome, and is named', async () => {
  const other = await buildTestApp()
  const found = (await findConsultation(other.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const { say, amendment } = await import('../filled-consultation.ts')
  const { decide } = await import('../../../db/queries/moderation/decisions.ts')
  const { commentToJudge } = await import('../../../db/queries/moderation/comment-to-judge.ts')
  const { examinationOf } = await import('../../../db/queries/moderation/examinations.ts')
  other.clock.now = afterClosing
  const moderator = await signIn(other, 'moderator')
  const [long = ''] = await say(other.db, found, [
    { ...amendment, state: 'pending', body: '很长的话。'.repeat(100) },
  ])
  const comment = (await commentToJudge(other.db, long)) ?? expect.unreachable()
  const ruling = { admission: 'admitted', publication: 'published', reason: null, note: null } as const
  await decide(
    other.db,
    other.deps.seals,
    comment,
    { ...ruling, transferred: false, version: comment.version },
    await examinationOf(other.db, other.deps.seals, comment),
    { staffId: moderator.id, agreedBy: null },
    other.clock.now,
  )
  const two = [await signIn(other, 'drafter'), await signIn(other, 'approver')] as const
  await two[0].get(`${office}/comments`)
  const at = String(
    (await two[0].post(`${office}/responses`, { comment: long, outcome: 'adopted', reason: '已写明。' }))
      .headers.location,
  )
  await two[0].post(`${at}/submission`, {})
  await two[1].get(`${office}/outcome`)
  await two[1].post(`${at}/approval`, {})
  await two[1].get(`${office}/outcome`)
  const refused = await two[1].post(`${office}/outcome/editions`, {})
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('还有 1 条意见待梳理')
  await two[0].get(`${office}/splits/${long}`)
  await two[0].post(`${office}/splits/${long}/whole`, { revision: 1 })
  await two[1].get(`${office}/outcome`)
  expect((await two[1].post(`${office}/outcome/editions`, {})).statusCode).toBe(303)
  expect(await other.db.query.select().from(commentCounts)).not.toEqual([])
  await other.close()
})
