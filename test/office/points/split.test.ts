import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { pointPieces } from '../../../server/rules/points/arrangement.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let consultationId: string
let id: string
const office = '/office/shanxi-laoqu'
const sentences = ['您好。', '建议写明时限。', '建议增加太行一号旅游公路的贴息。', '谢谢。']

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  consultationId = consultation.id
  const said = { ...amendment, body: sentences.join('') }
  ;[id = ''] = await say(portal.db, consultation, [said, { ...said, state: 'pending' }])
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
})
afterAll(() => portal.close())

const at = () => `${office}/splits/${id}`
const seen = async () => (await commentToSplit(portal.db, consultationId, id)) ?? expect.unreachable()
const post = async (path: string, fields: object) => {
  await drafter.get(at())
  const { revision } = (await seen()).split
  return drafter.post(`${at()}${path}`, { revision, ...fields })
}

test('a letter is parted into points and passages without account of none, and every step is counted', async () => {
  const first = await post('/points', { sentence: ['1'], clause: 'p7', stance: 'amend' })
  expect(first.statusCode).toBe(303)
  expect((await post('/points', { sentence: ['2'], clause: 'p9', stance: 'support' })).statusCode).toBe(303)
  expect((await drafter.get(at())).body).toContain('还有 <strong>2</strong> 句没有归入任何一条')
  expect((await post('/passages', { sentence: ['0'], reason: 'courtesy' })).statusCode).toBe(303)
  expect((await post('/passages', { sentence: ['3'], reason: 'courtesy' })).statusCode).toBe(303)
  const { body, split } = await seen()
  expect(pointPieces(body, split.arrangement).map(({ text }) => text)).toEqual(sentences)
  expect(split.arrangement.map(({ kind, clause }) => `${kind} ${clause}`)).toEqual([
    'no_proposal p7',
    'point p7',
    'point p9',
    'no_proposal p7',
  ])
  expect((await drafter.get(at())).body).toContain('每一句都已归入')
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('its points are answered one by one, and it is answered once all of them are', async () => {
  const [, one, other] = (await seen()).split.arrangement
  const answer = async (point: string | undefined, outcome: string) => {
    await drafter.get(`${office}/comments`)
    const drafted = await drafter.post(`${office}/responses`, { point, outcome, reason: '已在条文中写明。' })
    expect(drafted.statusCode).toBe(303)
    const response = drafted.headers.location ?? ''
    await drafter.get(response)
    expect((await drafter.post(`${response}/submission`, {})).statusCode).toBe(303)
    await approver.get(response)
    expect((await approver.post(`${response}/approval`, {})).statusCode).toBe(303)
  }
  await answer(one?.id, 'adopted')
  expect(await answeredCells(portal.db, consultationId)).toEqual([])
  expect(await wrongCounts(portal.db)).toEqual([])
  await answer(other?.id, 'not_adopted')
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    { clause: 'p7', outcome: 'partly_adopted', count: 1 },
  ])
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('what is answered cannot be parted anew', async () => {
  const taken = await post('/points', { sentence: ['1'], clause: 'p8', stance: 'amend' })
  expect(taken.statusCode).toBe(409)
  expect(taken.body).toContain('已经有批准的答复')
  expect((await post('/whole', {})).statusCode).toBe(409)
  expect((await seen()).split.arrangement).toHaveLength(4)
})

test('who was second sees that something changed, and nothing is stored', async () => {
  await drafter.get(at())
  const { revision } = (await seen()).split
  const stale = await drafter.post(`${at()}/passages`, {
    revision: revision - 1,
    sentence: ['0'],
    reason: 'sender',
  })
  expect(stale.statusCode).toBe(409)
  expect((await seen()).split.revision).toBe(revision)
})

test('nothing ticked, sentences apart and a clause that is not there are each told', async () => {
  const nothing = await post('/points', { clause: 'p7', stance: 'amend' })
  expect(nothing.statusCode).toBe(422)
  expect(nothing.body).toContain('请先勾选句子')
  const apart = await post('/points', { sentence: ['0', '3'], clause: 'p7', stance: 'amend' })
  expect(apart.body).toContain('中间有没勾选的')
  const nowhere = await post('/points', { sentence: ['0'], clause: 'p999', stance: 'amend' })
  expect(nowhere.body).toContain('请选择涉及的条款')
})

test('that a long passage asks for nothing is agreed by a second person, and counts from then on', async () => {
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const [long = ''] = await say(portal.db, consultation, [
    { ...amendment, body: '谢谢你们辛苦了。'.repeat(40) },
  ])
  const page = `${office}/splits/${long}`
  const standing = async () =>
    (await commentToSplit(portal.db, consultationId, long))?.split ?? expect.unreachable()
  await drafter.get(page)
  const all = Array.from({ length: 40 }, (_, place) => String(place))
  await drafter.post(`${page}/passages`, { revision: 0, sentence: all, reason: 'courtesy' })
  const [passage] = (await standing()).arrangement
  const agree = async (browser: SignedIn, revision: number) => {
    const shown = await browser.get(page)
    const sent = await browser.post(`${page}/points/${passage?.id}/confirmation`, { revision })
    return { shown: shown.body, status: sent.statusCode }
  }
  const own = await agree(drafter, 1)
  expect(own.shown).toContain('还要另一位同事同意')
  expect(own.status).toBe(403)
  const before = await answeredCells(portal.db, consultationId)
  const other = await agree(approver, 1)
  expect(other.shown).toContain('同意：没有具体意见')
  expect(other.status).toBe(303)
  const after = await answeredCells(portal.db, consultationId)
  expect(after.length - before.length).toBe(1)
  expect(after).toContainEqual({ clause: 'p7', outcome: 'no_proposal', count: 1 })
  expect(await wrongCounts(portal.db)).toEqual([])
})
