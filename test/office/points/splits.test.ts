import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { reopen } from '../../../db/queries/moderation/reviews.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let moderator: SignedIn
let consultation: Consultation
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  drafter = await signIn(portal, 'drafter')
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const list = async () => (await drafter.get(`${office}/splits`)).body

async function publish(publicId: string): Promise<void> {
  const { db, deps, clock } = portal
  const comment = (await commentToJudge(db, publicId)) ?? expect.unreachable()
  const ruling = { admission: 'admitted', publication: 'published', reason: null, note: null } as const
  await decide(
    db,
    deps.seals,
    comment,
    { ...ruling, transferred: false, version: comment.version },
    await examinationOf(db, deps.seals, comment),
    { staffId: moderator.id, agreedBy: null },
    clock.now,
  )
}

async function published(body: string): Promise<string> {
  const [id = ''] = await say(portal.db, consultation, [{ ...amendment, state: 'pending', body }])
  await publish(id)
  return id
}

test('a long comment waits to be parted once it is admitted, the longest first, and so does one that says three things', async () => {
  await published('长。'.repeat(201))
  await published('更长。'.repeat(201))
  await published('一是要修路。二是要通水。三是要办学。')
  await published('短短一句话。')
  const body = await list()
  expect(body).toContain('还有 <strong>3</strong> 条')
  expect(body.indexOf('更长。')).toBeLessThan(body.indexOf('>长。'))
  expect(body).toContain('一是要修路')
  expect(body).not.toContain('短短一句话')
})

test('one that waits for moderation again waits to be parted no more, until it is admitted', async () => {
  const id = await published('又一条很长的。'.repeat(80))
  expect(await list()).toContain('又一条很长的')
  const comment = (await commentToJudge(portal.db, id)) ?? expect.unreachable()
  await reopen(portal.db, comment, '再看', { staffId: moderator.id, now: portal.clock.now })
  expect(await list()).not.toContain('又一条很长的')
  await publish(id)
  expect(await list()).toContain('又一条很长的')
})

test('what is a letter is the office’s to say, and holds for what is judged from then on', async () => {
  await drafter.get(`${office}/splits`)
  const wrong = await drafter.post(`${office}/splits`, { longer_than: '0', bars: 'bars' })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('字数请填 10 到 99999 之间的数')
  expect((await drafter.post(`${office}/splits`, { longer_than: '2000', bars: 'warns' })).statusCode).toBe(
    303,
  )
  await published('新来的长意见。'.repeat(80))
  expect(await list()).not.toContain('新来的长意见')
})

test('one key takes what is left of a letter, also where a point covers a part of what is proposed', async () => {
  const id = await published('一、要修路。路修好了货才出得去。二、要通水。水通了人才留得住。')
  const shown = async () => (await drafter.get(`${office}/splits/${id}`)).body
  await shown()
  const marked = { sentence: '1', clause: 'p7', stance: 'amend', revision: '0' }
  expect((await drafter.post(`${office}/splits/${id}/points`, marked)).statusCode).toBe(303)
  expect(await shown()).toContain('采用建议的 2 段')
  expect((await drafter.post(`${office}/splits/${id}/acceptance`, { revision: '1' })).statusCode).toBe(303)
  const body = await shown()
  expect(body).toContain('每一句都已归入')
  expect(body).toMatch(/<strong>3<\/strong>\s*条具体意见/)
})
