import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { commentCounts, comments, log, outcomes } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
let approver: SignedIn
let moderatorId: string
const office = '/office/shanxi-laoqu'
const letters = 20

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  portal.clock.now = new Date('2026-12-24T02:00:00Z')
  moderatorId = (await signIn(portal, 'moderator')).id
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterAll(() => portal.close())

const ruling = { admission: 'admitted', publication: 'published', reason: null, note: null } as const

/** Letters that came in and were admitted, by their public ids. */
async function admitted(said: { body: string; stance?: string; clause?: string }[]): Promise<string[]> {
  const ids = await say(
    portal.db,
    consultation,
    said.map((one) => ({ ...amendment, ...one, state: 'pending' })),
  )
  for (const id of ids) {
    const comment = (await commentToJudge(portal.db, id)) ?? expect.unreachable()
    await decide(
      portal.db,
      portal.deps.seals,
      comment,
      { ...ruling, transferred: false, version: comment.version },
      await examinationOf(portal.db, portal.deps.seals, comment),
      { staffId: moderatorId, agreedBy: null },
      portal.clock.now,
    )
  }
  return ids
}

const paragraph = (place: number) =>
  [
    '一是请写明贴息的期限和标准。',
    '二是请修通武乡到沁源的旅游公路。',
    '三是请把护工培训写进去。',
    '四是请公布资金去向。',
  ]
    .map((sentence) => sentence + `第${place}封信里的理由很长，说了又说。`.repeat(35))
    .join('\n')

test('letters that nobody has parted and that were each answered once keep the outcome from being published, and are named', async () => {
  const ids = await admitted(Array.from({ length: letters }, (_, place) => ({ body: paragraph(place) })))
  await drafter.get(`${office}/comments`)
  for (const comment of ids) {
    const fields = { comment, outcome: 'adopted', reason: '已写明。', summary: '建议写明期限' }
    const at = String((await drafter.post(`${office}/responses`, fields)).headers.location)
    expect(at).toContain('/responses/')
    await drafter.post(`${at}/submission`, {})
    await approver.get(at)
    expect((await approver.post(`${at}/approval`, {})).statusCode).toBe(303)
  }
  const named = `还有 ${letters} 条意见待梳理，或者没有梳理完`
  await approver.get(`${office}/outcome`)
  const refused = await approver.post(`${office}/outcome/editions`, {})
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain(named)
  expect(refused.body).not.toContain('都办好了')
  expect((await drafter.get(`${office}/obstacles`)).body).toContain(named)
  const list = await drafter.get(`${office}/splits`)
  expect(list.body.match(/<th scope="row">/g)).toHaveLength(letters)
  expect(await portal.db.query.$count(outcomes)).toBe(0)
  // One by one they are parted, or said to be one: what is left is named, and then it is published.
  for (const [place, id] of ids.entries()) {
    expect((await drafter.get(`${office}/obstacles`)).body).toContain(`还有 ${letters - place} 条意见待梳理`)
    await drafter.get(`${office}/splits/${id}`)
    expect((await drafter.post(`${office}/splits/${id}/whole`, { revision: 1 })).statusCode).toBe(303)
  }
  expect(await wrongCounts(portal.db)).toEqual([])
  await approver.get(`${office}/outcome`)
  expect((await approver.post(`${office}/outcome/editions`, {})).statusCode).toBe(303)
})

test('where ticked stance and words disagree the reader is told, and nothing that its author chose is changed', async () => {
  const body = '这一条建议删除，理由如下。另外第九条也应当修改。'
  const [id = ''] = await admitted([{ body, stance: 'support' }])
  const own = async () => (await portal.db.query.select().from(comments).where(eq(comments.publicId, id)))[0]
  const counts = () =>
    portal.db.query.select().from(commentCounts).orderBy(commentCounts.clause, commentCounts.stance)
  const [before, counted, logged] = [await own(), await counts(), await portal.db.query.$count(log)]
  const page = await drafter.get(`${office}/splits/${id}`)
  expect(page.body).toContain('提出人选的是“赞成”，文字里像有修改建议')
  for (const path of ['/points?clause=p7&concern=any&answered=any', '/comments?answered=all&clause=p7'])
    await drafter.get(office + path)
  expect([await own(), await counts(), await portal.db.query.$count(log)]).toEqual([before, counted, logged])
  // Nor by whatever is made of it: what is proposed is a point's stance.
  expect((await drafter.post(`${office}/splits/${id}/acceptance`, { revision: 0 })).statusCode).toBe(303)
  expect(await own()).toMatchObject({ stance: 'support', clause: 'p7', body, version: before?.version })
  expect(await counts()).toEqual(counted)
  expect((await drafter.get(`${office}/comments?answered=all&clause=p7&stance=support`)).body).toContain(
    '建议删除',
  )
  expect(await wrongCounts(portal.db)).toEqual([])
})
