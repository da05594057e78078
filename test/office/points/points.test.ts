import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  ids = await say(portal.db, consultation, [
    { ...amendment, body: '请写明时限。请修路。' },
    { ...amendment, body: '时限太长。' },
    { ...amendment, body: '没有公开的话。', state: 'refused' },
  ])
  drafter = await signIn(portal, 'drafter')
  const at = `${office}/splits/${ids[0]}`
  for (const [sentence, clause] of [
    ['0', 'p7'],
    ['1', 'p9'],
  ]) {
    await drafter.get(at)
    const seen = await commentToSplit(portal.db, consultation.id, ids[0] ?? '')
    await drafter.post(`${at}/points`, { revision: seen?.split.revision, sentence, clause, stance: 'amend' })
  }
})
afterAll(() => portal.close())

const list = async (query: string) => (await drafter.get(`${office}/points?${query}`)).body

test('a clause lists the points that are about it, wherever their letters were put', async () => {
  expect(await list('clause=p7')).toContain('请写明时限。')
  expect(await list('clause=p7')).toContain('时限太长。')
  expect(await list('clause=p7')).not.toContain('请修路。')
  expect(await list('clause=p9')).toContain('请修路。')
  expect(await list('clause=p9')).toContain('提出人所选条款')
  expect(await list('clause=p7')).not.toContain('没有公开的话')
})

test('the number beside a clause is how many points its list has', async () => {
  const page = await list('clause=p7&concern=any&answered=any')
  expect(page).toMatch(/aria-current="true">[^<]*<\/a>\s*<a class="number"[^>]*>2<\/a>/)
  expect(page.match(/class="read-comment listed-point"/g)).toHaveLength(2)
})

test('what has an answer, and what is gathered, is listed apart', async () => {
  await drafter.get(`${office}/points`)
  await drafter.post(`${office}/responses`, {
    comment: ids[1],
    outcome: 'explained',
    reason: '时限见第三条。',
  })
  expect(await list('clause=p7')).not.toContain('时限太长。')
  expect(await list('clause=p7&answered=yes')).toContain('时限太长。')
  expect(await list('clause=p7&concern=some')).not.toContain('请写明时限。')
})

test('points and whole comments that are ticked together are answered together', async () => {
  const [whole = ''] = await say(
    portal.db,
    { id: (await findConsultation(portal.db, 'shanxi-laoqu'))?.id } as never,
    [{ ...amendment, body: '又一条。' }],
  )
  const seen = await commentToSplit(
    portal.db,
    (await findConsultation(portal.db, 'shanxi-laoqu'))?.id ?? '',
    ids[0] ?? '',
  )
  const point = seen?.split.arrangement[0]?.id
  await drafter.get(`${office}/points`)
  const form = await drafter.post(`${office}/responses/new`, { point, comment: whole })
  expect(form.body).toContain('将用于 <strong>2</strong> 条具体意见')
  const sent = await drafter.post(`${office}/responses`, {
    point,
    comment: whole,
    outcome: 'adopted',
    reason: '已写明。',
  })
  expect((await drafter.get(sent.headers.location ?? '')).body).toContain('又一条。')
})
