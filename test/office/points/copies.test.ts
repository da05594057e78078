import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { followOnce } from '../../../server/jobs/following.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { strict } from '../../jobs/doing.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let consultation: Consultation
let ids: string[]
const office = '/office/shanxi-laoqu'
const letter =
  '建议把贴息的期限写明为三年并公布标准和申请办法。建议修通武乡到沁源的旅游公路并配套停车场和卫生间。建议在各县设立老区振兴的办事窗口方便群众办事。'
const added = '我家在砖壁村，门口的路十年没有修。'

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const said = { ...amendment, body: letter }
  const near = { ...said, body: letter + added }
  ids = await say(portal.db, consultation, [said, said, near, { ...said, state: 'pending' }])
  while (await followOnce(portal.deps, strict)) {}
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterAll(() => portal.close())

const splitOf = async (id = '') =>
  (await commentToSplit(portal.db, consultation.id, id))?.split ?? expect.unreachable()
const first = () => splitOf(ids[0])
const at = () => `${office}/splits/${ids[0]}`

test('copies get the points of the first, and what a sender added is left for a person', async () => {
  for (const [place, clause] of ['p7', 'p8', 'p9'].entries()) {
    await drafter.get(at())
    const { revision } = await first()
    await drafter.post(`${at()}/points`, { revision, sentence: String(place), clause, stance: 'amend' })
  }
  const page = await drafter.get(at())
  expect(page.body).toContain('1 条与这一条一字不差，1 条有出入')
  expect((await drafter.post(`${at()}/copies`, {})).statusCode).toBe(303)
  const [same, near] = [await splitOf(ids[1]), await splitOf(ids[2])]
  expect(same.arrangement.map(({ clause }) => clause)).toEqual(['p7', 'p8', 'p9'])
  expect(near.arrangement.map(({ clause }) => clause)).toEqual(['p7', 'p8', 'p9'])
  const queue = await drafter.get(`${office}/splits`)
  expect(queue.body).toContain(ids[2])
  expect(queue.body).not.toContain(ids[1])
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('one answer to a point of the first answers the same point of its copies', async () => {
  const [point] = (await first()).arrangement
  await drafter.get(at())
  const form = await drafter.post(`${office}/responses/new`, { point: point?.id })
  expect(form.body).toContain('将用于 <strong>2</strong> 条具体意见')
})

test('a copy that is admitted later has the points, their concerns and answers, from then on', async () => {
  for (const { id } of (await first()).arrangement) {
    await drafter.get(at())
    const sent = await drafter.post(`${office}/responses`, {
      point: id,
      outcome: 'adopted',
      reason: '已写明。',
    })
    const response = String(sent.headers.location)
    await drafter.get(response)
    await drafter.post(`${response}/submission`, {})
    await approver.get(response)
    expect((await approver.post(`${response}/approval`, {})).statusCode).toBe(303)
  }
  const answered = (count: number) => [{ clause: 'p7', outcome: 'adopted', count }]
  expect(await answeredCells(portal.db, consultation.id)).toEqual(answered(2))
  const comment = (await commentToJudge(portal.db, ids[3] ?? '')) ?? expect.unreachable()
  const ruling = { admission: 'admitted', publication: 'published', reason: null, note: null } as const
  await decide(
    portal.db,
    portal.deps.seals,
    comment,
    { ...ruling, transferred: false, version: comment.version },
    await examinationOf(portal.db, portal.deps.seals, comment),
    { staffId: approver.id, agreedBy: null },
    portal.clock.now,
  )
  expect((await splitOf(ids[3])).arrangement).toHaveLength(3)
  expect(await answeredCells(portal.db, consultation.id)).toEqual(answered(3))
  expect(await wrongCounts(portal.db)).toEqual([])
})
